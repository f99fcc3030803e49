namespace AgenticOS.Inference;

/// <summary>Who holds which sequence of the context.</summary>
internal sealed class SlotTable
{
    private readonly List<int> _free;
    private readonly List<Generation> _holders;

    internal SlotTable(int slots)
    {
        _free = [.. Enumerable.Range(0, slots)];
        _holders = new List<Generation>(slots);
    }

    internal int Count => _holders.Count;

    internal bool HasFree => _free.Count > 0;

    /// <summary>The free slots, the one longest free first.</summary>
    internal IReadOnlyList<int> Free => _free;

    /// <summary>The holder at a place, in the order in which they came.</summary>
    internal Generation this[int place] => _holders[place];

    /// <summary>Gives a generation a free slot, whose sequence holds its first tokens already.</summary>
    internal void Seat(Generation generation, int slot, int cached)
    {
        Invariant.Holds(generation.Slot == Generation.None, "who is seated holds no slot");
        Invariant.Holds(_free.Remove(slot), "a slot that is given was free");
        generation.Slot = slot;
        generation.Cached = cached;
        _holders.Add(generation);
    }

    /// <summary>Takes the slot back.</summary>
    internal void Unseat(Generation generation)
    {
        Invariant.Holds(_holders.Remove(generation), "who is unseated held a slot");
        _free.Add(generation.Slot);
        generation.Slot = Generation.None;
        generation.Cached = 0;
    }
}
