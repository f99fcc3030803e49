using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>How far a silo is in its life.</summary>
public enum SiloStatus
{
    /// <summary>Not known.</summary>
    None = 0,

    /// <summary>Written down, not yet more.</summary>
    Created = 1,

    /// <summary>On its way in.</summary>
    Joining = 2,

    /// <summary>Holds grains and takes calls.</summary>
    Active = 3,

    /// <summary>On its way out in good order.</summary>
    ShuttingDown = 4,

    /// <summary>On its way out at once.</summary>
    Stopping = 5,

    /// <summary>Gone for good.</summary>
    Dead = 6,
}

/// <summary>One silo as the cluster sees it.</summary>
[GenerateSerializer, Immutable]
public sealed class ClusterMember(SiloAddress siloAddress, SiloStatus status, string name) : IEquatable<ClusterMember>
{
    /// <summary>Its address.</summary>
    public SiloAddress SiloAddress { get; } = siloAddress;

    /// <summary>Its status.</summary>
    public SiloStatus Status { get; } = status;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc />
    public bool Equals(ClusterMember? other) => other is not null
        && SiloAddress.Equals(other.SiloAddress) && Status == other.Status && Name == other.Name;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as ClusterMember);

    /// <inheritdoc />
    public override int GetHashCode() => SiloAddress.GetConsistentHashCode();

    /// <summary>For people.</summary>
    public override string ToString() => $"{SiloAddress}/{Name}/{Status}";
}

/// <summary>The cluster's silos at one moment.</summary>
[GenerateSerializer, Immutable]
public sealed class ClusterMembershipSnapshot(
    ImmutableDictionary<SiloAddress, ClusterMember> members, MembershipVersion version)
{
    /// <summary>The silos, the dead ones too.</summary>
    public ImmutableDictionary<SiloAddress, ClusterMember> Members { get; } = members;

    /// <summary>Which moment.</summary>
    public MembershipVersion Version { get; } = version;

    /// <summary>
    /// The status of a silo; a silo that a later one at its endpoint replaced is dead, others are unknown.
    /// </summary>
    public SiloStatus GetSiloStatus(SiloAddress silo) =>
        Members.TryGetValue(silo, out var member) ? member.Status
        : Members.Keys.Any(m => m.IsSuccessorOf(silo)) ? SiloStatus.Dead
        : SiloStatus.None;

    /// <summary>For people.</summary>
    public override string ToString() => $"[Version: {Version.Value}, {Members.Count} silos]";
}

/// <summary>The cluster's silos and the changes among them.</summary>
public interface IClusterMembershipService
{
    /// <summary>The silos now.</summary>
    ClusterMembershipSnapshot CurrentSnapshot { get; }

    /// <summary>
    /// The silos now and after each change; ends when this silo stops. A slow reader misses moments, never the last.
    /// </summary>
    IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates { get; }

    /// <summary>Returns when at least this version is seen.</summary>
    ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default);

    /// <summary>Declares a silo dead; false when it is this one.</summary>
    Task<bool> TryKill(SiloAddress siloAddress);
}

/// <summary>The silo that this code runs in.</summary>
public interface ILocalSiloDetails
{
    /// <summary>The silo's name.</summary>
    string Name { get; }

    /// <summary>The cluster's id.</summary>
    string ClusterId { get; }

    /// <summary>The machine's name.</summary>
    string DnsHostName { get; }

    /// <summary>The silo's address.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>Where clients connect.</summary>
    SiloAddress GatewayAddress { get; }
}
