using AgenticOS.Grains.Nodes;
using Orleans.Concurrency;

namespace AgenticOS.Grains.Catalog;

/// <summary>Answers from the mirror of the silo it is on; asks the catalog itself only when the mirror is behind, or
/// when a file came or went in this silo's folders just now.</summary>
[StatelessWorker]
internal sealed class CatalogReaderGrain(CatalogMirror mirror, NodeReporter reporter) : Grain, ICatalogReaderGrain
{
    public async Task<CatalogView> ReadAsync(long minVersion)
    {
        await reporter.ReportIfFilesChangedAsync();
        if (mirror.View.Version < minVersion)
            mirror.Take(await GrainFactory.GetGrain<ICatalogGrain>(0).ReadAsync());
        return mirror.View;
    }
}
