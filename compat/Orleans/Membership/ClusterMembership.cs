using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Orleans.Runtime;

/// <summary>The one table of a cluster's silos, shared by all silos of this process.</summary>
internal sealed class ClusterMembership
{
    private readonly Lock gate = new();
    private Moment latest = new(new(ImmutableDictionary<SiloAddress, ClusterMember>.Empty, new(0)));

    public ClusterMembershipSnapshot Current => Volatile.Read(ref latest).Snapshot;

    /// <summary>Sets a silo's status; a dead one stays dead.</summary>
    public void Update(SiloAddress silo, string name, SiloStatus status)
    {
        Moment before;
        lock (gate)
        {
            before = latest;
            if (before.Snapshot.GetSiloStatus(silo) is var known && (known == SiloStatus.Dead || known == status))
                return;
            var members = before.Snapshot.Members.SetItem(silo, new ClusterMember(silo, status, name));
            latest = new Moment(new(members, new(before.Snapshot.Version.Value + 1)));
            before.Next.SetResult(latest);
        }
    }

    /// <summary>The silos now and after each change; ends with <paramref name="stopping"/>.</summary>
    public async IAsyncEnumerable<ClusterMembershipSnapshot> Updates(
        CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = Volatile.Read(ref latest);
        while (!stopping.IsCancellationRequested)
        {
            yield return seen.Snapshot;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
            Task change = seen.Next.Task.WaitAsync(either.Token);
            await change.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            seen = Volatile.Read(ref latest);
        }
    }

    private sealed class Moment(ClusterMembershipSnapshot snapshot)
    {
        public ClusterMembershipSnapshot Snapshot => snapshot;

        public TaskCompletionSource<Moment> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A silo's view of the table.</summary>
internal sealed class ClusterMembershipService(SiloRuntime silo) : IClusterMembershipService
{
    public ClusterMembershipSnapshot CurrentSnapshot => silo.Network.Membership.Current;

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates =>
        silo.Network.Membership.Updates(silo.Ended);

    public ValueTask Refresh(
        MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;

    public Task<bool> TryKill(SiloAddress siloAddress)
    {
        if (siloAddress.Equals(silo.Address))
            return Task.FromResult(false);
        silo.Network.DeclareDead(siloAddress);
        return Task.FromResult(true);
    }
}
