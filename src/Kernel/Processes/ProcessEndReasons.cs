namespace AgenticOS.Kernel.Processes;

/// <summary>The wire names of <see cref="ProcessEndReason"/>, as the end marker carries them after
/// <c>reason=</c>.</summary>
public static class ProcessEndReasons
{
    /// <summary>The wire name; every reason has exactly one and it never changes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no member of the enum.</exception>
    public static string ToWire(ProcessEndReason reason) => reason switch
    {
        ProcessEndReason.Finished => "finished",
        ProcessEndReason.MaxTokens => "max_tokens",
        ProcessEndReason.ContextFull => "context_full",
        ProcessEndReason.Terminated => "terminated",
        ProcessEndReason.Killed => "killed",
        ProcessEndReason.Disconnected => "disconnected",
        ProcessEndReason.SyscallAbuse => "syscall_abuse",
        ProcessEndReason.Shutdown => "shutdown",
        ProcessEndReason.NodeLost => "node_lost",
        ProcessEndReason.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not a reason."),
    };

    /// <summary>Reads a wire name exactly as <see cref="ToWire"/> writes it.</summary>
    public static bool TryParse(ReadOnlySpan<char> wire, out ProcessEndReason reason)
    {
        foreach (var candidate in Enum.GetValues<ProcessEndReason>())
        {
            if (!wire.SequenceEqual(ToWire(candidate)))
                continue;
            reason = candidate;
            return true;
        }

        reason = default;
        return false;
    }
}
