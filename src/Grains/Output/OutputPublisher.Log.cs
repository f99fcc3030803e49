using Microsoft.Extensions.Logging;

namespace AgenticOS.Grains.Output;

internal sealed partial class OutputPublisher
{
    [LoggerMessage(1300, LogLevel.Warning,
        "A batch of {Items} output items for frontend {Frontend} could not be published; the log has them.")]
    private partial void LogBatchLost(string frontend, int items, Exception cause);

    [LoggerMessage(1301, LogLevel.Warning,
        "Frontend {Frontend} does not keep up with its output; steps are dropped and counted, the log has them.")]
    private partial void LogFrontendSlow(string frontend);
}
