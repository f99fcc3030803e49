using AgenticOS.Kernel.Syscalls;

namespace AgenticOS.Sandbox;

/// <summary>Runs one system call of a process, cut off from everything that the process has no right to.</summary>
public interface ISyscallRunner
{
    /// <summary>Runs a call within <see cref="SyscallLimits.CallTime"/>. What a model may get wrong is a result, never
    /// an exception.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<SyscallResult> RunAsync(Syscall syscall, SyscallContext context, CancellationToken cancellationToken);
}

/// <summary>Who makes a call.</summary>
/// <param name="Agent">The owner of the process; its workspace is the one that is seen.</param>
/// <param name="Pid">The process.</param>
public readonly record struct SyscallContext(string Agent, long Pid);

/// <summary>What came of a call.</summary>
/// <param name="Ok">False counts as a failure for the guard.</param>
/// <param name="Content">The final text, as it goes back into the conversation.</param>
public sealed record SyscallResult(bool Ok, string Content)
{
    /// <summary>A tool's result: <c>Output:</c> and the text.</summary>
    public static SyscallResult Output(string text) => new(true, SyscallTexts.Output(text));

    /// <summary>A failure: <c>SysCall Error:</c> and what is wrong.</summary>
    public static SyscallResult Error(string message) => new(false, SyscallTexts.Error(message));
}
