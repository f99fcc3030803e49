using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace AgenticOS.Grains.Placement;

/// <summary>A process goes to the holder of its model that the Kernel ranks first by live load.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking]
internal sealed class LeastLoadedPlacement : PlacementStrategy
{
    public static readonly LeastLoadedPlacement Instance = new();
}

/// <summary>Marks a grain class for <see cref="LeastLoadedPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class LeastLoadedPlacementAttribute() : PlacementAttribute(LeastLoadedPlacement.Instance);

/// <summary>Chooses by the mirror and the ledger of the silo that places; a hint (a migration) goes first.</summary>
internal sealed class LeastLoadedDirector(ModelHolders holders) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var silos = context.GetCompatibleSilos(target);
        var chosen = IPlacementDirector.GetPlacementHint(target.RequestContextData, silos)
            ?? (ModelPlacementFilterDirector.ModelOf(target) is { } model ? holders.Take(silos, model) : null)
            ?? Array.Find(silos, silo => silo.Equals(context.LocalSilo))
            ?? silos[0];
        return Task.FromResult(chosen);
    }
}
