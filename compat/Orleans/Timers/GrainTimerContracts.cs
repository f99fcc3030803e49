namespace Orleans.Runtime;

/// <summary>A timer whose ticks are turns of one activation; it ends with it.</summary>
public interface IGrainTimer : IDisposable
{
    /// <summary>Sets when the next tick comes and how long after each tick's end the next one does.</summary>
    void Change(TimeSpan dueTime, TimeSpan period);
}

/// <summary>When a grain timer ticks and how its ticks get along with calls.</summary>
public readonly struct GrainTimerCreationOptions()
{
    /// <summary>With these times.</summary>
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
        : this()
    {
        DueTime = dueTime;
        Period = period;
    }

    /// <summary>Until the first tick; infinite for none.</summary>
    public required TimeSpan DueTime { get; init; }

    /// <summary>From the end of one tick to the next; infinite for one tick only.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>True when ticks may interleave with calls.</summary>
    public bool Interleave { get; init; }

    /// <summary>True when ticks keep the activation from idle collection.</summary>
    public bool KeepAlive { get; init; }
}
