namespace AgenticOS.Kernel.Processes;

/// <summary>What can be sent to a process from outside.</summary>
public enum ProcessSignal
{
    /// <summary>End in order at the next step.</summary>
    Terminate,

    /// <summary>End at once.</summary>
    Kill,

    /// <summary>The last listener went away (<c>on_disconnect=kill</c>).</summary>
    Hangup,
}
