using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Nodes;
using AgenticOS.Kernel.Placement;
using Orleans.Runtime;

namespace AgenticOS.Grains.Placement;

/// <summary>The silos that hold a model, as the mirror and the ledger of this silo know them.</summary>
internal sealed class ModelHolders(CatalogMirror mirror, PlacementLedger ledger)
{
    /// <summary>Whether a silo holds a model.</summary>
    public bool Holds(SiloAddress silo, string modelId) => Find(silo.ToParsableString(), modelId) is not null;

    /// <summary>The best of these silos for a process of the model, noted in the ledger; null when none of them holds
    /// it.</summary>
    public SiloAddress? Take(SiloAddress[] silos, string modelId)
    {
        var byNode = silos.ToDictionary(silo => silo.ToParsableString());
        var candidates = byNode.Keys
            .Select(node => (Node: node, Holding: Find(node, modelId)))
            .Where(each => each.Holding is not null)
            .ToDictionary(each => each.Node, each => each.Holding!);
        lock (ledger)
        {
            // Choosing and noting are one step, or two placements at once would both take the same free slot.
            var best = NodeRanking.ForProcess(candidates.Select(each => Candidate(each.Key, modelId, each.Value)));
            if (best.Count == 0)
                return null;
            ledger.Note(best[0].Node, modelId, candidates[best[0].Node].Report.Sequence);
            return byNode[best[0].Node];
        }
    }

    private NodeCandidate Candidate(string node, string modelId, Holding holding)
    {
        var (report, model) = holding;
        var device = Array.Find(report.Devices, device => device.Name == model.Device);
        return new NodeCandidate(
            node,
            DeviceKinds.FromWire(device?.Kind ?? "cpu"),
            model.Slots,
            model.Running,
            model.Queued,
            model.KvTotal - model.KvUsed,
            ledger.Recent(node, modelId, report.Sequence));
    }

    private Holding? Find(string node, string modelId)
    {
        var report = Array.Find(mirror.View.Nodes, each => each.Node == node);
        var model = report is null ? null : Array.Find(report.Loaded, each => each.ModelId == modelId);
        return model is null ? null : new Holding(report!, model);
    }

    private sealed record Holding(NodeReport Report, LoadedModel Model);
}
