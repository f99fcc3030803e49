using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Nodes;
using AgenticOS.Grains.Output;
using AgenticOS.Grains.Placement;
using AgenticOS.Grains.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Placement;
using Orleans.Runtime;

namespace AgenticOS.Grains;

/// <summary>What the grains of a silo work with.</summary>
public static class KernelServices
{
    /// <summary>Adds the silo-local services and the placement of processes and nodes. What they stand on is the
    /// caller's: an <c>IModelBackend</c>, an <c>ISyscallRunner</c>, the storage <see cref="KernelStorage.Name"/> and
    /// the output streams.</summary>
    public static ISiloBuilder AddKernel(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddPlacementDirector<SiloPlacement, SiloPlacementDirector>();
        builder.AddPlacementDirector<LeastLoadedPlacement, LeastLoadedDirector>();
        builder.Services.AddPlacementFilter<ModelPlacementFilter, ModelPlacementFilterDirector>(
            ServiceLifetime.Transient);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddSingleton<ModelFolders>()
            .AddSingleton<ModelHost>()
            .AddSingleton<OutputPublisher>()
            .AddSingleton<CatalogMirror>()
            .AddSingleton<PlacementLedger>()
            .AddSingleton<ModelHolders>()
            .AddSingleton<PidPool>()
            .AddSingleton<ProcessTable>()
            .AddSingleton<NodeReporter>()
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
                services => services.GetRequiredService<NodeReporter>())
            .AddHostedService<ProcessShutdown>();
        return builder;
    }
}
