using AgenticOS.Grains.Nodes;

namespace AgenticOS.Grains.Catalog;

/// <summary>The catalog as a value that changes: reports of the silos, merged into one view with a version. Knows no
/// clock and no grains; the caller says what time it is.</summary>
internal sealed class CatalogBook
{
    private readonly Dictionary<string, (NodeReport Report, TimeSpan HeardAt)> _nodes = new(StringComparer.Ordinal);
    private CatalogView _view;

    /// <param name="firstVersion">Higher than any version that was ever given out before.</param>
    /// <param name="selected">The selected model.</param>
    public CatalogBook(long firstVersion, string? selected) => _view = new CatalogView(firstVersion, selected, [], []);

    /// <summary>The view with the latest load figures.</summary>
    public CatalogView View => _view;

    /// <summary>The load figures of all silos.</summary>
    public NodeLoad[] Loads =>
        [.. _nodes.Values.Select(node => new NodeLoad(node.Report.Node, node.Report.Sequence, node.Report.Loaded))];

    /// <summary>Takes a silo's report; an older one than the last of that silo is ignored.</summary>
    public void Report(NodeReport report, TimeSpan now)
    {
        var isKnown = _nodes.TryGetValue(report.Node, out var known);
        if (isKnown && known.Report.Sequence > report.Sequence)
            return;
        _nodes[report.Node] = (report, now);
        if (isKnown && HoldsTheSame(known.Report, report))
            _view = _view with { Nodes = Reports() };
        else
            Rebuild();
    }

    /// <summary>Forgets a silo.</summary>
    public void Remove(string node)
    {
        if (_nodes.Remove(node))
            Rebuild();
    }

    /// <summary>Forgets the silos that were silent for too long.</summary>
    public void RemoveSilent(TimeSpan now, TimeSpan patience)
    {
        foreach (var (node, (_, heardAt)) in _nodes.ToArray())
        {
            if (now - heardAt > patience)
                Remove(node);
        }
    }

    /// <summary>Selects a model; selecting the selected one again changes nothing.</summary>
    public void Select(string id)
    {
        if (_view.Selected != id)
            _view = _view with { Version = _view.Version + 1, Selected = id };
    }

    private void Rebuild() => _view = _view with
    {
        Version = _view.Version + 1,
        Nodes = Reports(),
        Models = Merge(_nodes.Values.SelectMany(node => node.Report.OnDisk)),
    };

    private NodeReport[] Reports() =>
        [.. _nodes.Values.Select(node => node.Report).OrderBy(report => report.Node, StringComparer.Ordinal)];

    /// <summary>One entry per id: a sound file is shown before a broken one of the same name on another silo.</summary>
    private static ModelEntry[] Merge(IEnumerable<ModelEntry> entries) =>
        [.. entries.GroupBy(entry => entry.Id, StringComparer.Ordinal)
            .Select(same => same.FirstOrDefault(entry => entry.Fault is null) ?? same.First())
            .OrderBy(entry => entry.Id, StringComparer.Ordinal)];

    private static bool HoldsTheSame(NodeReport left, NodeReport right) =>
        left.Name == right.Name
        && left.OnDisk.AsSpan().SequenceEqual(right.OnDisk)
        && left.Loaded.Select(model => model.ModelId).SequenceEqual(right.Loaded.Select(model => model.ModelId))
        && left.Devices.Select(device => device.Name).SequenceEqual(right.Devices.Select(device => device.Name));
}
