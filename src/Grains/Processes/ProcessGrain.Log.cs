using AgenticOS.Kernel.Processes;
using Microsoft.Extensions.Logging;

namespace AgenticOS.Grains.Processes;

internal sealed partial class ProcessGrain
{
    [LoggerMessage(1000, LogLevel.Debug,
        "Process {Pid} of agent {Agent} ended: {Reason}, {Tokens} tokens in {Seconds:0.000} s.")]
    private partial void LogEnded(Pid pid, string agent, ProcessEndReason reason, int tokens, double seconds);

    [LoggerMessage(1001, LogLevel.Warning, "Process {Pid} of agent {Agent} ends for its system calls: {Text}")]
    private partial void LogAbuse(Pid pid, string agent, string text);

    [LoggerMessage(1002, LogLevel.Error,
        "System call {Name} of process {Pid} broke the kernel's own code; the process ends.")]
    private partial void LogSyscallBroken(Pid pid, string name, Exception cause);

    [LoggerMessage(1003, LogLevel.Information,
        "Agent {Agent} could not be told that process {Pid} ended; it will notice.")]
    private partial void LogAgentSilent(Pid pid, string agent, Exception cause);
}
