using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Where each grain of the cluster is active. One entry per grain, so at most one activation.</summary>
internal sealed class GrainDirectory
{
    private readonly ConcurrentDictionary<GrainId, GrainAddress> entries = new();

    public GrainAddress? Lookup(GrainId grainId) => entries.GetValueOrDefault(grainId);

    /// <summary>
    /// Claims the grain; false when another activation has it, which is then in <paramref name="winner"/>.
    /// </summary>
    public bool TryRegister(GrainAddress address, out GrainAddress winner)
    {
        winner = entries.GetOrAdd(address.GrainId, address);
        return winner.Matches(address);
    }

    /// <summary>Gives the grain up, if this activation has it.</summary>
    public void Unregister(GrainAddress address) =>
        entries.TryRemove(KeyValuePair.Create(address.GrainId, address));

    /// <summary>Forgets what was active on a silo that is gone.</summary>
    public void RemoveSilo(SiloAddress silo)
    {
        foreach (var entry in entries)
        {
            if (silo.Equals(entry.Value.SiloAddress))
                entries.TryRemove(entry);
        }
    }

    /// <summary>Every grain that is active somewhere.</summary>
    public IEnumerable<GrainAddress> All => entries.Values;
}
