namespace AgenticOS.Kernel.Processes;

/// <summary>How urgent a process is against others of the same silo.</summary>
public enum ProcessPriority
{
    /// <summary>Runs when nothing else wants to.</summary>
    Low,

    /// <summary>What a process has when nobody says otherwise.</summary>
    Normal,

    /// <summary>Before the normal ones.</summary>
    High,

    /// <summary>Before all others.</summary>
    Critical,
}
