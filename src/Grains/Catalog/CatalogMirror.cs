using AgenticOS.Grains.Nodes;

namespace AgenticOS.Grains.Catalog;

/// <summary>This silo's copy of the catalog: what placement and EXEC read without a call. Any thread; a reader always
/// sees one whole view.</summary>
internal sealed class CatalogMirror
{
    private readonly Lock _gate = new();
    private CatalogView _view = new(0, null, [], []);

    /// <summary>The latest view this silo knows.</summary>
    public CatalogView View => Volatile.Read(ref _view);

    /// <summary>Takes a view unless a newer one is known.</summary>
    public void Take(CatalogView view)
    {
        lock (_gate)
        {
            if (view.Version >= _view.Version)
                Volatile.Write(ref _view, view with { Nodes = Newest(view.Nodes, _view.Nodes) });
        }
    }

    /// <summary>Takes what the catalog answered to a report.</summary>
    public void Take(CatalogNews news)
    {
        if (news.View is not null)
            Take(news.View);
        lock (_gate)
        {
            var loads = news.Loads.ToDictionary(load => load.Node);
            var nodes = Array.ConvertAll(_view.Nodes, node => Refresh(node, loads));
            Volatile.Write(ref _view, _view with { Nodes = nodes });
        }
    }

    private static NodeReport Refresh(NodeReport node, Dictionary<string, NodeLoad> loads) =>
        loads.TryGetValue(node.Node, out var load) && load.Sequence > node.Sequence
            ? node with { Sequence = load.Sequence, Loaded = load.Loaded }
            : node;

    /// <summary>The nodes of a view; where load figures came in that are later than the view, those.</summary>
    private static NodeReport[] Newest(NodeReport[] nodes, NodeReport[] known) => Array.ConvertAll(nodes, node =>
        Array.Find(known, other => other.Node == node.Node && other.Sequence > node.Sequence) is { } later
            ? node with { Sequence = later.Sequence, Loaded = later.Loaded }
            : node);
}
