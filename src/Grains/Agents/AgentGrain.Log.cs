using AgenticOS.Kernel.Processes;
using Microsoft.Extensions.Logging;

namespace AgenticOS.Grains.Agents;

internal sealed partial class AgentGrain
{
    [LoggerMessage(1050, LogLevel.Warning, "Process {Pid} of agent {Agent} could not be started on model {Model}.")]
    private partial void LogSpawnFailed(Pid pid, string agent, string model, Exception cause);

    [LoggerMessage(1051, LogLevel.Information, "Process {Pid} did not answer its agent.")]
    private partial void LogProcessSilent(long pid, Exception cause);
}
