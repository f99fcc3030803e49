using System.Globalization;
using AgenticOS.Kernel.Syscalls;

namespace AgenticOS.Sandbox;

/// <summary>Runs CALC and LS. Both are bounded and touch nothing but the agent's workspace, so they need no process of
/// their own; they run on the thread pool, under the wall time of every call.</summary>
public sealed class SyscallRunner(Workspaces workspaces, TimeProvider time) : ISyscallRunner
{
    /// <inheritdoc/>
    public async Task<SyscallResult> RunAsync(
        Syscall syscall,
        SyscallContext context,
        CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() => Run(syscall, context), cancellationToken)
                .WaitAsync(SyscallLimits.CallTime, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return SyscallResult.Error(string.Create(
                CultureInfo.InvariantCulture,
                $"{syscall.Name} took longer than {SyscallLimits.CallTime.TotalSeconds} s."));
        }
    }

    private SyscallResult Run(Syscall syscall, SyscallContext context) => syscall.Name switch
    {
        "CALC" => Calculate(syscall.Arguments),
        "LS" => List(syscall.Arguments, context.Agent),
        _ => SyscallResult.Error($"Unknown system call {syscall.Name}."),
    };

    private static SyscallResult Calculate(string expression)
    {
        if (string.IsNullOrWhiteSpace(expression))
            return SyscallResult.Error("Usage [[CALC: expression]]");
        return Calculator.Evaluate(expression) switch
        {
            Calculation.Value value => SyscallResult.Output(value.Text),
            Calculation.Fault fault => SyscallResult.Error(fault.Error),
            var other => throw new InvalidOperationException($"Unhandled {other}."),
        };
    }

    private SyscallResult List(string arguments, string agent)
    {
        if (arguments.Length > 0)
            return SyscallResult.Error("Usage [[LS]]");
        try
        {
            return SyscallResult.Output(SyscallTexts.Files(workspaces.List(agent)));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The cause names paths of this machine, which are not the model's business.
            return SyscallResult.Error("The workspace cannot be read.");
        }
    }
}
