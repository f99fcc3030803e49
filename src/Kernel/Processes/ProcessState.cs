namespace AgenticOS.Kernel.Processes;

/// <summary>Where a process is in its life. <see cref="ProcessLife"/> holds the allowed steps.</summary>
public enum ProcessState
{
    /// <summary>It has a PID and an owner, nothing else yet.</summary>
    Created,

    /// <summary>Admitted to a silo, waiting for a slot of the engine.</summary>
    Ready,

    /// <summary>Holds a slot: its prompt is prefilled or it generates.</summary>
    Running,

    /// <summary>Waits for the kernel: a system call is under way. Its slot is kept.</summary>
    Waiting,

    /// <summary>Suspended by a signal.</summary>
    Stopped,

    /// <summary>Over, for exactly one <see cref="ProcessEndReason"/>.</summary>
    Ended,
}
