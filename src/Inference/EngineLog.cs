using Microsoft.Extensions.Logging;

namespace AgenticOS.Inference;

/// <summary>What an engine logs.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(701, LogLevel.Critical, "The engine broke and ends all its generations")]
    internal static partial void Broke(ILogger logger, Exception exception);

    [LoggerMessage(702, LogLevel.Error, "A listener threw while the engine was ending")]
    internal static partial void ListenerThrew(ILogger logger, Exception exception);
}
