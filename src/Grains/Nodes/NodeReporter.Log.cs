using Microsoft.Extensions.Logging;

namespace AgenticOS.Grains.Nodes;

internal sealed partial class NodeReporter
{
    [LoggerMessage(1210, LogLevel.Warning, "The catalog does not answer; placement goes on with what this silo knows.")]
    private partial void LogCatalogSilent(Exception cause);

    [LoggerMessage(1211, LogLevel.Information, "Left without telling the catalog; it will notice.")]
    private partial void LogLeftWithoutWord(Exception cause);
}
