using Microsoft.Extensions.Logging;

namespace AgenticOS.Grains.Processes;

internal sealed partial class ProcessShutdown
{
    [LoggerMessage(1010, LogLevel.Warning,
        "The silo stops before its last output was delivered; {Processes} process(es) had not ended.")]
    private partial void LogLastOutputUndelivered(int processes);
}
