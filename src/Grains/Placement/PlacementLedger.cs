using System.Collections.Concurrent;

namespace AgenticOS.Grains.Placement;

/// <summary>What this silo placed where since the figures it goes by were measured; without it, all EXECs within a
/// second would go to the silo that was idle a second ago. Any thread.</summary>
internal sealed class PlacementLedger
{
    private readonly ConcurrentDictionary<(string Node, string Model), Entry> _entries = new();

    /// <summary>Notes a placement that the report with that sequence number cannot know of.</summary>
    public void Note(string node, string model, long sequence) => _entries.AddOrUpdate(
        (node, model),
        _ => new Entry(sequence, 1),
        (_, entry) => entry.Sequence == sequence ? entry with { Count = entry.Count + 1 } : new Entry(sequence, 1));

    /// <summary>Placements noted under that very report; older ones are in its figures.</summary>
    public int Recent(string node, string model, long sequence) =>
        _entries.TryGetValue((node, model), out var entry) && entry.Sequence == sequence ? entry.Count : 0;

    private readonly record struct Entry(long Sequence, int Count);
}
