namespace AgenticOS.Kernel.Processes;

/// <summary>The state machine of a process, as a value. Ended is terminal and is reached for exactly one reason: the
/// first one. <c>default</c> is a process that was just created.</summary>
public readonly record struct ProcessLife
{
    private readonly ProcessEndReason _endReason;

    private ProcessLife(ProcessState state, ProcessEndReason endReason)
    {
        State = state;
        _endReason = endReason;
    }

    /// <summary>A process that has a PID and nothing else yet.</summary>
    public static ProcessLife Created => default;

    /// <summary>Where it is now.</summary>
    public ProcessState State { get; }

    /// <summary>Why it ended; null while it lives.</summary>
    public ProcessEndReason? EndReason => IsEnded ? _endReason : null;

    /// <summary>True once it is over.</summary>
    public bool IsEnded => State == ProcessState.Ended;

    /// <summary>Takes a step between states of a living process. Staying where it is is no step; the end has its own,
    /// <see cref="End"/>.</summary>
    public LifeStep MoveTo(ProcessState next)
    {
        if (IsEnded)
            return new LifeStep.AlreadyEnded(_endReason);
        return IsAllowed(State, next)
            ? new LifeStep.Taken(new ProcessLife(next, default))
            : new LifeStep.Refused(State, next);
    }

    /// <summary>Ends it, from any state. The first reason stands: a second end is answered with it.</summary>
    public LifeStep End(ProcessEndReason reason) => IsEnded
        ? new LifeStep.AlreadyEnded(_endReason)
        : new LifeStep.Taken(new ProcessLife(ProcessState.Ended, reason));

    /// <summary>The whole table of steps between living states.</summary>
    private static bool IsAllowed(ProcessState from, ProcessState to) => (from, to) switch
    {
        (ProcessState.Created, ProcessState.Ready) => true,
        (ProcessState.Ready, ProcessState.Running or ProcessState.Stopped) => true,
        // Running to Ready: it gave its slot up without a signal (preempted, or taken up again after a loss).
        (ProcessState.Running, ProcessState.Waiting or ProcessState.Stopped or ProcessState.Ready) => true,
        (ProcessState.Waiting, ProcessState.Running or ProcessState.Stopped or ProcessState.Ready) => true,
        // A stopped process has no slot, so it comes back through the queue.
        (ProcessState.Stopped, ProcessState.Ready) => true,
        _ => false,
    };
}

/// <summary>What came of a step in a process's life.</summary>
public abstract record LifeStep
{
    private LifeStep()
    {
    }

    /// <summary>The step was taken; <paramref name="Life"/> is what holds now.</summary>
    public sealed record Taken(ProcessLife Life) : LifeStep;

    /// <summary>There is no such step; nothing changed.</summary>
    public sealed record Refused(ProcessState From, ProcessState To) : LifeStep;

    /// <summary>The process is over already, for this reason; nothing changed.</summary>
    public sealed record AlreadyEnded(ProcessEndReason Reason) : LifeStep;
}
