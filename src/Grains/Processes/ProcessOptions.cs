namespace AgenticOS.Grains.Processes;

/// <summary>How a silo treats its processes.</summary>
public sealed class ProcessOptions
{
    /// <summary>How long status and output of a process can be asked for after its end.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromMinutes(5);
}
