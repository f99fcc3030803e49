using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace AgenticOS.TcpFrontend.Tests.Stage;

/// <summary>One silo with the scripted grains and a client of it, for all tests. Tests use agents and PIDs of their
/// own.</summary>
public sealed class Theatre : IAsyncLifetime
{
    public const string Name = "theatre";

    public Play Play { get; } = new();

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((_, host) => host.Services.AddSingleton(Play));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams(Grains.Output.OutputStreams.Provider);
        });
        builder.ConfigureClient(client => client.AddMemoryStreams(Grains.Output.OutputStreams.Provider));
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }
}

[CollectionDefinition(Theatre.Name)]
public sealed class TheatreCollection : ICollectionFixture<Theatre>;
