using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;

namespace AgenticOS.StandIn.Tests.Runtime;

/// <summary>Clusters with what the probe grains need.</summary>
internal static class ProbeCluster
{
    public static async Task<InProcessTestCluster> Start(
        short silos, Action<ISiloBuilder>? configure = null, Action<IClientBuilder>? configureClient = null)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            AddProbes(silo.Services);
            configure?.Invoke(silo);
        });
        builder.ConfigureClient(client => configureClient?.Invoke(client));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }

    public static void AddProbes(IServiceCollection services)
    {
        services.AddSingleton<IAttributeToFactoryMapper<StampedAttribute>, StampMapper>();
        services.AddKeyedSingleton("kind", "keyed");
    }

    /// <summary>A grain that is active on this silo.</summary>
    public static async Task<IProbeGrain> ProbeOn(this InProcessTestCluster cluster, InProcessSiloHandle silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo.SiloAddress);
        var grain = cluster.Client.GetGrain<IProbeGrain>(Guid.NewGuid().ToString("N"));
        (await grain.Silo()).ShouldBe(silo.Name);
        RequestContext.Clear();
        return grain;
    }
}
