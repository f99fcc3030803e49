namespace AgenticOS.Inference;

/// <summary>Who holds which sequence of the context.</summary>
internal sealed class SlotTable
{
    private readonly Stack<int> _free;
    private readonly List<Generation> _holders;

    internal SlotTable(int slots)
    {
        _free = new Stack<int>(Enumerable.Range(0, slots).Reverse());
        _holders = new List<Generation>(slots);
    }

    internal int Count => _holders.Count;

    internal bool HasFree => _free.Count > 0;

    /// <summary>The holder at a place, in the order in which they came.</summary>
    internal Generation this[int place] => _holders[place];

    /// <summary>Gives a generation a free slot.</summary>
    internal void Seat(Generation generation)
    {
        Invariant.Holds(generation.Slot == Generation.None && generation.Cached == 0, "who is seated starts empty");
        generation.Slot = _free.Pop();
        _holders.Add(generation);
    }

    /// <summary>Takes the slot back.</summary>
    internal void Unseat(Generation generation)
    {
        Invariant.Holds(_holders.Remove(generation), "who is unseated held a slot");
        _free.Push(generation.Slot);
        generation.Slot = Generation.None;
        generation.Cached = 0;
    }
}
