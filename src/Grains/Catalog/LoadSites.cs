using AgenticOS.Grains.Nodes;
using AgenticOS.Kernel.Placement;

namespace AgenticOS.Grains.Catalog;

/// <summary>Where a LOAD goes, or why it goes nowhere.</summary>
/// <param name="Nodes">The silos' addresses.</param>
/// <param name="Refusal">LOAD_FAILED with figures; null when there is a place.</param>
internal sealed record LoadSites(string[] Nodes, Refusal? Refusal)
{
    /// <summary>The silos that were named, each of which must have the file; when none was named the one the Kernel
    /// ranks first.</summary>
    public static LoadSites Choose(CatalogView view, string modelId, string[] named) =>
        named.Length > 0 ? OfNames(view, modelId, named) : OfRanking(view, modelId);

    private static LoadSites OfNames(CatalogView view, string modelId, string[] named)
    {
        var nodes = new List<string>();
        foreach (var name in named)
        {
            var node = Array.Find(view.Nodes, node => node.Node == name || node.Name == name);
            if (node is null)
            {
                var names = string.Join(", ", view.Nodes.Select(each => each.Name));
                return Refused($"No silo '{name}'; there are {names}.");
            }
            if (!Has(node, modelId))
                return Refused($"Silo '{node.Name}' has no file of model '{modelId}'.");
            nodes.Add(node.Node);
        }
        return new LoadSites([.. nodes], null);
    }

    private static LoadSites OfRanking(CatalogView view, string modelId)
    {
        var needed = view.Models.First(model => model.Id == modelId).EstimatedBytes;
        var devices = view.Nodes.Where(node => Has(node, modelId)).SelectMany(node => Candidates(node, modelId));
        return NodeRanking.ForLoad(needed, devices) switch
        {
            LoadPlan.Fits fits => new LoadSites([fits.Devices[0].Node], null),
            LoadPlan.FitsNowhere nowhere => Refused($"Model '{modelId}' does not fit. {nowhere.Message}"),
            var other => throw new InvalidOperationException($"Unknown load plan {other}."),
        };
    }

    private static IEnumerable<DeviceCandidate> Candidates(NodeReport node, string modelId) =>
        node.Devices.Select(device => new DeviceCandidate(
            node.Node,
            node.Name,
            device.Name,
            DeviceKinds.FromWire(device.Kind),
            device.FreeBytes,
            Array.Exists(node.Loaded, model => model.ModelId == modelId),
            node.Loaded.Length));

    private static bool Has(NodeReport node, string modelId) =>
        Array.Exists(node.OnDisk, model => model.Id == modelId && model.Fault is null);

    private static LoadSites Refused(string message) => new([], new Refusal("LOAD_FAILED", message));
}
