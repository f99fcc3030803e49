using AgenticOS.Grains.Processes;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace AgenticOS.Grains.Placement;

/// <summary>Keeps the silos that hold the model which the request context names under
/// <see cref="ProcessPlacement.ModelKey"/>. Without that key (a PID is asked for that nothing runs under) any silo will
/// do.</summary>
internal sealed class ModelPlacementFilter() : PlacementFilterStrategy(order: 1);

/// <summary>Marks a grain class for <see cref="ModelPlacementFilter"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ModelPlacementFilterAttribute() : PlacementFilterAttribute(new ModelPlacementFilter());

/// <summary>Asks this silo's mirror of the catalog who holds a model.</summary>
internal sealed class ModelPlacementFilterDirector(ModelHolders holders) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos) =>
        ModelOf(target) is { } model ? silos.Where(silo => holders.Holds(silo, model)) : silos;

    /// <summary>The model that a placement is for; null when it is for none.</summary>
    internal static string? ModelOf(PlacementTarget target) =>
        target.RequestContextData is { } context && context.TryGetValue(ProcessPlacement.ModelKey, out var value)
            ? value as string
            : null;
}
