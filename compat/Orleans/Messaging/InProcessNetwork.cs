using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>
/// One cluster within this process: what a network, a membership table and a grain directory are between machines.
/// Silos and clients of one cluster id and service id find each other here.
/// </summary>
internal sealed class InProcessNetwork
{
    private static readonly ConcurrentDictionary<string, InProcessNetwork> Clusters = new();
    private readonly ConcurrentDictionary<SiloAddress, SiloRuntime> silos = new();
    private readonly ConcurrentDictionary<GrainId, GrainCaller> clients = new();
    private readonly string key;
    private ActiveSet active = new(MembershipVersion.MinValue, []);

    private InProcessNetwork(string key) => this.key = key;

    public ClusterMembership Membership { get; } = new();

    public GrainDirectory Directory { get; } = new();

    /// <summary>The cluster of these ids.</summary>
    public static InProcessNetwork Of(string clusterId, string serviceId) =>
        Clusters.GetOrAdd($"{clusterId}/{serviceId}", static key => new InProcessNetwork(key));

    /// <summary>The active silos, in order of their addresses.</summary>
    public SiloAddress[] ActiveSilos()
    {
        var snapshot = Membership.Current;
        var known = Volatile.Read(ref active);
        if (known.Version == snapshot.Version)
            return known.Silos;
        SiloAddress[] now =
            [.. snapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => m.SiloAddress).Order()];
        Volatile.Write(ref active, new ActiveSet(snapshot.Version, now));
        return now;
    }

    public SiloRuntime? FindSilo(SiloAddress? address) => address is null ? null : silos.GetValueOrDefault(address);

    public GrainCaller? FindClient(GrainId client) => clients.GetValueOrDefault(client);

    public void Connect(GrainCaller client) => clients[client.ClientId] = client;

    public void Disconnect(GrainCaller client)
    {
        clients.TryRemove(client.ClientId, out _);
        // The last one out; a client alone keeps the cluster, because its silos may come back.
        if (clients.IsEmpty)
            Clusters.TryRemove(KeyValuePair.Create(key, this));
    }

    /// <summary>A silo is here but takes no grains yet.</summary>
    public void Join(SiloRuntime silo)
    {
        if (silos.Keys.Any(s => s.Endpoint.Equals(silo.Address.Endpoint)))
            throw new OrleansConfigurationException(
                $"Another silo of this process has the endpoint {silo.Address.Endpoint}.");
        silos[silo.Address] = silo;
        Connect(silo.Caller);
        Membership.Update(silo.Address, silo.Name, SiloStatus.Joining);
    }

    public void SetStatus(SiloRuntime silo, SiloStatus status) => Membership.Update(silo.Address, silo.Name, status);

    /// <summary>
    /// A silo is gone, in good order or not: its grains are free, calls to it fail, what it still does is lost.
    /// </summary>
    public void DeclareDead(SiloAddress address)
    {
        if (!silos.TryRemove(address, out var silo))
            return;
        silo.Die();
        Membership.Update(address, silo.Name, SiloStatus.Dead);
        Directory.RemoveSilo(address);
        foreach (var other in silos.Values)
            other.Caller.Calls.BreakCallsTo(address);
        Disconnect(silo.Caller);
    }

    private sealed record ActiveSet(MembershipVersion Version, SiloAddress[] Silos);
}
