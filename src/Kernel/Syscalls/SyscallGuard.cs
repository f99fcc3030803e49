namespace AgenticOS.Kernel.Syscalls;

/// <summary>Watches one process's system calls: how often they come and how often they fail. Knows no clock; times are
/// spans since any fixed moment and never go back. Not thread-safe.</summary>
public sealed class SyscallGuard
{
    private readonly Queue<TimeSpan> _recent = new(SyscallLimits.CallsPerWindow);
    private int _errors;

    /// <summary>Asks whether a call may run. The thirteenth within ten seconds may not.</summary>
    public GuardVerdict Admit(TimeSpan now)
    {
        while (_recent.TryPeek(out var oldest) && now - oldest >= SyscallLimits.RateWindow)
            _recent.Dequeue();
        if (_recent.Count == SyscallLimits.CallsPerWindow)
            return new GuardVerdict.End(SyscallTexts.RateLimitExceeded);
        _recent.Enqueue(now);
        return GuardVerdict.GoOn.Instance;
    }

    /// <summary>Tells how a call came out. The third failure in a row ends the process; a success forgives the ones
    /// before.</summary>
    public GuardVerdict Record(bool ok)
    {
        _errors = ok ? 0 : _errors + 1;
        return _errors < SyscallLimits.ErrorsInARow
            ? GuardVerdict.GoOn.Instance
            : new GuardVerdict.End(SyscallTexts.RepeatedFailures);
    }
}

/// <summary>Whether a process may go on.</summary>
public abstract record GuardVerdict
{
    private GuardVerdict()
    {
    }

    /// <summary>It may.</summary>
    public sealed record GoOn : GuardVerdict
    {
        /// <summary>The only one needed.</summary>
        public static readonly GoOn Instance = new();
    }

    /// <summary>It must end for <see cref="Processes.ProcessEndReason.SyscallAbuse"/>.</summary>
    /// <param name="Text">The last thing its conversation and the log are told.</param>
    public sealed record End(string Text) : GuardVerdict;
}
