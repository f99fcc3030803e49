using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace AgenticOS.Grains.Placement;

/// <summary>A grain whose key is a silo's parsable address lives on that silo.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking]
internal sealed class SiloPlacement : PlacementStrategy
{
    public static readonly SiloPlacement Instance = new();
}

/// <summary>Marks a grain class for <see cref="SiloPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SiloPlacementAttribute() : PlacementAttribute(SiloPlacement.Instance);

/// <summary>Finds the silo that the key names among the living.</summary>
internal sealed class SiloPlacementDirector : IPlacementDirector
{
    /// <exception cref="OrleansException">That silo is gone.</exception>
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var wanted = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return Array.Exists(context.GetCompatibleSilos(target), silo => silo.Equals(wanted))
            ? Task.FromResult(wanted)
            : throw new OrleansException($"Silo {wanted} is not part of the cluster.");
    }
}
