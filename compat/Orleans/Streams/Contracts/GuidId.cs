#pragma warning disable CA1720 // The names are those of Orleans.
namespace Orleans.Runtime;

/// <summary>An identity that is a GUID, for instance that of a subscription.</summary>
[GenerateSerializer, Immutable]
public sealed class GuidId : IEquatable<GuidId>, IComparable<GuidId>
{
    private GuidId(Guid guid) => Guid = guid;

    /// <summary>The GUID.</summary>
    [Id(0)]
    public Guid Guid { get; }

    /// <summary>An identity like no other.</summary>
    public static GuidId GetNewGuidId() => new(Guid.NewGuid());

    /// <summary>The identity of this GUID.</summary>
    public static GuidId GetGuidId(Guid guid) => new(guid);

    /// <inheritdoc/>
    public int CompareTo(GuidId? other) => other is null ? 1 : Guid.CompareTo(other.Guid);

    /// <inheritdoc/>
    public bool Equals(GuidId? other) => other is not null && Guid.Equals(other.Guid);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GuidId);

    /// <inheritdoc/>
    public override int GetHashCode() => Guid.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Guid.ToString();
}
