using Microsoft.Extensions.Logging;

namespace AgenticOS.Grains.Catalog;

internal sealed partial class CatalogGrain
{
    [LoggerMessage(1100, LogLevel.Information, "Model {Model} is loaded on {Nodes} silo(s) and selected.")]
    private partial void LogLoaded(string model, int nodes);

    [LoggerMessage(1101, LogLevel.Warning, "Silo {Node} did not answer the catalog.")]
    private partial void LogNodeSilent(string node, Exception cause);
}
