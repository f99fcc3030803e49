namespace AgenticOS.Inference.Steps;

/// <summary>Phase one, admit: hear what other threads want, and give free slots to those in line.</summary>
internal sealed class Admission(EngineRoom room)
{
    private List<Generation> _arrived = [];
    private List<Generation> _attention = [];

    internal void Run()
    {
        room.Mailbox.Collect(ref _arrived, ref _attention);
        foreach (Generation generation in _arrived)
            room.Line.AddLast(generation);
        _arrived.Clear();
        foreach (Generation generation in _attention)
            Attend(generation);
        _attention.Clear();
        while (room.Line.First is { } next && FindRoomFor(next.Value))
            Seat(next.Value);
    }

    private void Attend(Generation generation)
    {
        if (generation.State == GenerationState.Ended)
            return;
        if (generation.Cancelled)
            room.End(generation, EndReason.Cancelled);
        else if (generation.State == GenerationState.Paused && generation.TakeInjected() is { } injected)
            Resume(generation, injected);
    }

    private void Resume(Generation generation, int[] injected)
    {
        if (generation.DeferredEnd is { } end && (end == EndReason.MaxTokens || injected.Length == 0))
        {
            room.EndWithHeldText(generation, end);
            return;
        }

        generation.DeferredEnd = null;
        if (generation.Tokens.Count + injected.Length > room.TokenLimit)
        {
            room.EndWithHeldText(generation, EndReason.ContextFull);
            return;
        }

        if (injected.Length > 0)
            generation.Text.BreakOff();
        generation.Tokens.AddRange(injected);
        if (generation.Slot != Generation.None)
        {
            generation.State = GenerationState.Running;
            return;
        }

        room.Adrift.Remove(generation);
        generation.State = GenerationState.Waiting;
        room.Line.AddFirst(generation);
    }

    private void Seat(Generation generation)
    {
        room.Line.RemoveFirst();
        room.Seating.Seat(generation);
        generation.State = GenerationState.Running;
        int most = Math.Min(room.TokenLimit + 1, generation.Tokens.Count + generation.MaxTokens - generation.Generated);
        generation.Tokens.EnsureCapacity(most);
        if (generation.Started)
            return;
        generation.Started = true;
        room.Spoke = true;
        generation.Listener.OnStarted(generation.PromptTokens);
    }

    private bool FindRoomFor(Generation generation)
    {
        if (!room.Slots.HasFree && LongestPaused() is { } paused)
            room.Evict(paused);
        return room.Slots.HasFree && CacheHasRoomFor(generation);
    }

    /// <summary>
    /// A shared cache is lent out whole, so nobody is let in whose tokens, and one more of each, would not fit.
    /// </summary>
    private bool CacheHasRoomFor(Generation generation)
    {
        if (!room.Options.UnifiedKv || room.Slots.Count == 0)
            return true;
        int taken = generation.Tokens.Count + 1;
        for (int place = 0; place < room.Slots.Count; place++)
            taken += room.Slots[place].Tokens.Count + 1;
        return taken <= room.Context.Capacity;
    }

    /// <summary>Who has been paused longest, if longer than a pause keeps a slot that others want.</summary>
    private Generation? LongestPaused()
    {
        Generation? longest = null;
        for (int place = 0; place < room.Slots.Count; place++)
            if (room.Slots[place] is { State: GenerationState.Paused } holder
                && (longest is null || holder.PausedAt < longest.PausedAt))
                longest = holder;
        return longest is not null && room.Time.GetElapsedTime(longest.PausedAt) >= room.Options.PauseKeepsSlot
            ? longest : null;
    }
}
