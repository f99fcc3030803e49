using Microsoft.Extensions.Logging;

namespace AgenticOS.Grains.Nodes;

internal sealed partial class ModelFolders
{
    [LoggerMessage(1220, LogLevel.Warning, "Two files are model {Model}: {Ignored} is ignored, {Used} is used.")]
    private partial void LogSameId(string model, string ignored, string used);
}
