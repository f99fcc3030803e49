namespace Orleans.Runtime.Placement;

/// <summary>A grain that needs a silo, and the call that caused it.</summary>
public readonly struct PlacementTarget(
    GrainId grainIdentity,
    Dictionary<string, object> requestContextData,
    GrainInterfaceType interfaceType,
    ushort interfaceVersion)
{
    /// <summary>The grain.</summary>
    public GrainId GrainIdentity { get; } = grainIdentity;

    /// <summary>The interface called.</summary>
    public GrainInterfaceType InterfaceType { get; } = interfaceType;

    /// <summary>Its version; always 0 here.</summary>
    public ushort InterfaceVersion { get; } = interfaceVersion;

    /// <summary>The request context of the call.</summary>
    public Dictionary<string, object> RequestContextData { get; } = requestContextData;
}

/// <summary>What a director may ask of the silo that places.</summary>
public interface IPlacementContext
{
    /// <summary>The silo that places: where the call arrived.</summary>
    SiloAddress LocalSilo { get; }

    /// <summary>Its status.</summary>
    SiloStatus LocalSiloStatus { get; }

    /// <summary>The active silos that the grain's filters let through; throws when there are none.</summary>
    SiloAddress[] GetCompatibleSilos(PlacementTarget target);
}

/// <summary>Chooses a silo for the strategy that it is registered for.</summary>
public interface IPlacementDirector
{
    /// <summary>The request context key under which a caller names the silo that it wants.</summary>
    public const string PlacementHintKey = nameof(PlacementHintKey);

    /// <summary>The silo for a new activation.</summary>
    Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context);

    /// <summary>The silo named in the request context, if it is among the compatible ones.</summary>
    public static SiloAddress? GetPlacementHint(
        Dictionary<string, object> requestContextData, SiloAddress[] compatibleSilos) =>
        requestContextData?.GetValueOrDefault(PlacementHintKey) is SiloAddress hint && compatibleSilos.Contains(hint)
            ? hint
            : null;
}
