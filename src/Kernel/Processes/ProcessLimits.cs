namespace AgenticOS.Kernel.Processes;

/// <summary>Bounds of the nouns of a process.</summary>
public static class ProcessLimits
{
    /// <summary>Longest name of an agent, in bytes of UTF-8.</summary>
    public const int AgentNameBytes = 128;
}
