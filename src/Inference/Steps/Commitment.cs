namespace AgenticOS.Inference.Steps;

/// <summary>Phase six, commit: end who has ended, park who is paused, publish the figures.</summary>
internal sealed class Commitment(EngineRoom room)
{
    internal void Run()
    {
        int sampled = 0;
        foreach (ref StepPart part in room.Batch.Parts)
        {
            sampled += part.Sampled == StepPart.NoToken ? 0 : 1;
            Settle(ref part);
        }

        room.Figures.CountStep(room.Batch.Tokens.Length, sampled);
    }

    /// <summary>States who holds what now, and lets the observer flush if a listener heard anything.</summary>
    internal void Publish()
    {
        int running = 0, cached = 0;
        for (int place = 0; place < room.Slots.Count; place++)
        {
            cached += room.Slots[place].Cached;
            running += room.Slots[place].State == GenerationState.Running ? 1 : 0;
        }

        room.Figures.State(running, room.Slots.Count - running + room.Adrift.Count, cached);
        if (!room.Spoke)
            return;
        room.Spoke = false;
        room.Observer?.OnStepCompleted();
    }

    private void Settle(ref StepPart part)
    {
        Generation generation = part.Generation;
        if (generation.Cancelled)
            room.End(generation, EndReason.Cancelled);
        else if (part.End == EndReason.Failed)
            room.End(generation, EndReason.Failed, "The model computed no number for any token.");
        else if (part.Verdict == ListenerVerdict.Pause)
            Park(generation, part.End);
        else if (part.End is { } reason)
            room.End(generation, reason);
    }

    private void Park(Generation generation, EndReason? deferred)
    {
        generation.State = GenerationState.Paused;
        generation.PausedAt = room.Time.GetTimestamp();
        generation.DeferredEnd = deferred;
        generation.AttendIfResumed();
    }
}
