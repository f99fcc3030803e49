using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Placement;

namespace AgenticOS.Grains.Nodes;

/// <summary>The door to one silo; lives on the silo its key names.</summary>
[SiloPlacement]
internal sealed class NodeGrain(ModelHost host, ModelFolders folders, NodeReporter reporter, CatalogMirror mirror)
    : Grain, INodeGrain
{
    public async Task<NodeReport> ReportAsync()
    {
        await folders.ScanAsync(CancellationToken.None);
        return reporter.Measure();
    }

    public Task LearnAsync(CatalogView view)
    {
        mirror.Take(view);
        return Task.CompletedTask;
    }

    public async Task<NodeLoadReply> LoadAsync(string modelId)
    {
        if (folders.Find(modelId) is null)
            await folders.ScanAsync(CancellationToken.None);
        var refusal = await host.LoadAsync(modelId, CancellationToken.None);
        return new NodeLoadReply(reporter.Measure(), refusal);
    }
}
