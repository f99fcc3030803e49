namespace AgenticOS.Kernel.Processes;

/// <summary>Why a process ended. The wire carries the names of <see cref="ProcessEndReasons.ToWire"/>.</summary>
public enum ProcessEndReason
{
    /// <summary>The model ended its turn, or a stop text was reached.</summary>
    Finished,

    /// <summary>The budget of generated tokens is used up.</summary>
    MaxTokens,

    /// <summary>The context of the model is full.</summary>
    ContextFull,

    /// <summary>TERM: ended at the next step at the owner's request.</summary>
    Terminated,

    /// <summary>KILL: ended at once at the owner's request.</summary>
    Killed,

    /// <summary>Its client went away and it was started with <c>on_disconnect=kill</c>.</summary>
    Disconnected,

    /// <summary>Too many system calls, or too many failed ones in a row.</summary>
    SyscallAbuse,

    /// <summary>The cluster is shutting down.</summary>
    Shutdown,

    /// <summary>The silo that ran it is gone and it could not be taken up elsewhere.</summary>
    NodeLost,

    /// <summary>The engine failed; the log has the cause.</summary>
    Failed,
}
