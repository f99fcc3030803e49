namespace Orleans.Runtime;

/// <summary>Where a grain is active: what the directory holds about it.</summary>
[GenerateSerializer, Immutable]
public sealed class GrainAddress : IEquatable<GrainAddress>
{
    /// <summary>The grain.</summary>
    public GrainId GrainId { get; init; }

    /// <summary>Which life of the grain.</summary>
    public ActivationId ActivationId { get; init; }

    /// <summary>The silo that holds it.</summary>
    public SiloAddress? SiloAddress { get; init; }

    /// <summary>The membership under which it was registered.</summary>
    public MembershipVersion MembershipVersion { get; init; }

    /// <summary>True when grain, activation and silo are all known.</summary>
    public bool IsComplete => !GrainId.IsDefault && !ActivationId.IsDefault && SiloAddress is not null;

    /// <summary>The same activation of the same grain on the same silo.</summary>
    public bool Matches(GrainAddress? other) => other is not null && GrainId == other.GrainId
        && ActivationId == other.ActivationId && Equals(SiloAddress, other.SiloAddress);

    /// <inheritdoc />
    public bool Equals(GrainAddress? other) => Matches(other) && MembershipVersion == other!.MembershipVersion;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as GrainAddress);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(GrainId, ActivationId, SiloAddress);

    /// <summary>For people.</summary>
    public override string ToString() => $"[{SiloAddress} {GrainId} {ActivationId}]";
}
