using AgenticOS.Kernel.Prompting;
using AgenticOS.Kernel.Syscalls;
using AgenticOS.Sandbox;

namespace AgenticOS.Grains.Processes;

/// <summary>Answers the system calls of one process: the guard admits, the sandbox runs, the family wraps.</summary>
internal sealed class SyscallDesk(ISyscallRunner runner, SyscallContext caller, PromptFamily family, TimeProvider time)
{
    private readonly SyscallGuard _guard = new();
    private readonly long _opened = time.GetTimestamp();

    /// <summary>Runs one call; <see cref="SyscallAnswer.Dropped"/> when the token was cancelled meanwhile.</summary>
    public async Task<SyscallAnswer> AnswerAsync(Syscall call, CancellationToken killed)
    {
        if (_guard.Admit(time.GetElapsedTime(_opened)) is GuardVerdict.End tooMany)
            return new SyscallAnswer.Abuse(tooMany.Text);
        try
        {
            var result = await runner.RunAsync(call, caller, killed);
            return _guard.Record(result.Ok) is GuardVerdict.End failures
                ? new SyscallAnswer.Abuse(failures.Text)
                : new SyscallAnswer.Injected(PromptFamilies.WrapSyscallResult(family, result.Content));
        }
        catch (OperationCanceledException) when (killed.IsCancellationRequested)
        {
            return new SyscallAnswer.Dropped();
        }
        catch (Exception cause)
        {
            // The process must come to its one end also when the runner breaks its promise.
            return new SyscallAnswer.Broken(cause);
        }
    }
}

/// <summary>What becomes of a process after a system call.</summary>
internal abstract record SyscallAnswer
{
    private SyscallAnswer()
    {
    }

    /// <summary>It goes on after this text.</summary>
    public sealed record Injected(string Text) : SyscallAnswer;

    /// <summary>It ends for its calls.</summary>
    public sealed record Abuse(string Text) : SyscallAnswer;

    /// <summary>It is being ended already.</summary>
    public sealed record Dropped : SyscallAnswer;

    /// <summary>It ends because the runner failed.</summary>
    public sealed record Broken(Exception Cause) : SyscallAnswer;
}
