using Orleans.Hosting;
using Orleans.TestingHost;

namespace AgenticOS.Conformance.Support;

/// <summary>The two silos and the one external client that most tests share. Tests use keys of their own.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    /// <summary>The storage provider that holds state in memory.</summary>
    public const string Memory = "memory";

    /// <summary>The memory stream provider.</summary>
    public const string MemoryStreams = "memory-streams";

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public IClusterClient Client => Cluster.Client;

    public async Task InitializeAsync() => Cluster = await Clusters.StartAsync(2);

    public async Task DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }
}

/// <summary>Starts clusters; a test that kills silos starts its own.</summary>
public static class Clusters
{
    /// <summary>A deployed cluster of <paramref name="silos"/> silos with memory storage and streams; a client.</summary>
    public static async Task<InProcessTestCluster> StartAsync(
        short silos,
        Action<InProcessTestSiloSpecificOptions, ISiloBuilder>? configureSilo = null,
        Action<IClientBuilder>? configureClient = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((options, silo) =>
        {
            silo.AddMemoryGrainStorage(ClusterFixture.Memory);
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams(ClusterFixture.MemoryStreams);
            configureSilo?.Invoke(options, silo);
        });
        builder.ConfigureClient(client =>
        {
            client.AddMemoryStreams(ClusterFixture.MemoryStreams);
            configureClient?.Invoke(client);
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}

/// <summary>Every class that shares the two silos; classes of one collection run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SharedCluster : ICollectionFixture<ClusterFixture>
{
    public const string Name = "shared cluster";
}
