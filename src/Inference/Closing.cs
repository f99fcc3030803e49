using Microsoft.Extensions.Logging;

namespace AgenticOS.Inference;

/// <summary>The end of an engine: every generation, wherever it stands, hears so exactly once.</summary>
internal sealed class Closing(EngineRoom room, ILogger logger)
{
    /// <summary>Ends all, once the mailbox is closed. A listener that throws keeps nobody else from hearing.</summary>
    internal void EndAll(EndReason reason, string? detail)
    {
        foreach (Generation generation in Everybody())
        {
            if (generation.State == GenerationState.Ended)
                continue;
            room.Figures.Leave();
            try
            {
                generation.End(
                    generation.Cancelled ? EndReason.Cancelled : reason,
                    room.Time.GetElapsedTime(generation.SubmittedAt),
                    generation.Cancelled ? null : detail);
            }
            catch (Exception e)
            {
                EngineLog.ListenerThrew(logger, e);
            }
        }

        room.Figures.State(0, 0, 0);
        NotifyObserver();
    }

    private List<Generation> Everybody()
    {
        List<Generation> everybody = [], attention = [];
        room.Mailbox.Collect(ref everybody, ref attention);
        everybody.AddRange(room.Line);
        everybody.AddRange(room.Adrift);
        for (int place = 0; place < room.Slots.Count; place++)
            everybody.Add(room.Slots[place]);
        return everybody;
    }

    private void NotifyObserver()
    {
        try
        {
            room.Observer?.OnStepCompleted();
        }
        catch (Exception e)
        {
            EngineLog.ListenerThrew(logger, e);
        }
    }
}
