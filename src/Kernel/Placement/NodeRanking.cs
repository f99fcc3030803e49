namespace AgenticOS.Kernel.Placement;

/// <summary>Orders silos for a process, and devices for a model. Equal figures are ordered by name, so that every silo
/// that has the same figures comes to the same order.</summary>
public static class NodeRanking
{
    /// <summary>Silos that hold the model, best first: those with a free slot before those without; then the better
    /// device; then the smaller load per slot; then the more free context. When none has a free slot, the shorter queue
    /// per slot comes before the better device.</summary>
    public static IReadOnlyList<NodeCandidate> ForProcess(IEnumerable<NodeCandidate> nodes) =>
        [.. nodes.Where(node => node.Slots > 0).Order(ProcessOrder.Instance)];

    /// <summary>Where to load a model that needs that much memory. Silos that hold it already come first and need
    /// nothing; then the better device, the fewer models, the more free memory.</summary>
    public static LoadPlan ForLoad(long neededBytes, IEnumerable<DeviceCandidate> devices)
    {
        var all = devices.ToArray();
        DeviceCandidate[] fitting =
        [
            .. all
                .Where(device => device.IsLoaded || device.FreeBytes >= neededBytes)
                .OrderByDescending(device => device.IsLoaded)
                .ThenBy(device => device.Kind)
                .ThenBy(device => device.LoadedModels)
                .ThenByDescending(device => device.FreeBytes)
                .ThenBy(device => device.Node, StringComparer.Ordinal)
                .ThenBy(device => device.Device, StringComparer.Ordinal)
        ];
        return fitting.Length > 0 ? new LoadPlan.Fits(fitting) : new LoadPlan.FitsNowhere(neededBytes, all);
    }

    private sealed class ProcessOrder : IComparer<NodeCandidate>
    {
        public static readonly ProcessOrder Instance = new();

        public int Compare(NodeCandidate? x, NodeCandidate? y)
        {
            ArgumentNullException.ThrowIfNull(x);
            ArgumentNullException.ThrowIfNull(y);
            var isFree = (x.FreeSlots > 0, y.FreeSlots > 0);
            if (isFree.Item1 != isFree.Item2)
                return isFree.Item1 ? -1 : 1;
            var byKind = x.Kind.CompareTo(y.Kind);
            var byLoad = (x.Load * y.Slots).CompareTo(y.Load * x.Slots);
            var (first, second) = isFree.Item1 ? (byKind, byLoad) : (byLoad, byKind);
            if (first != 0 || second != 0)
                return first != 0 ? first : second;
            var byContext = y.FreeKvTokens.CompareTo(x.FreeKvTokens);
            return byContext != 0 ? byContext : string.CompareOrdinal(x.Node, y.Node);
        }
    }
}
