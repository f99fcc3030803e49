using AgenticOS.Grains.Catalog;

namespace AgenticOS.TcpFrontend;

/// <summary>Reads the catalog so that every client of this frontend sees what any of them has changed.</summary>
internal sealed class CatalogReader(IClusterClient cluster)
{
    private long _written;

    /// <summary>The one that decides; for changes only.</summary>
    public ICatalogGrain Writer => cluster.GetGrain<ICatalogGrain>(0);

    /// <summary>Remembers the version a change was made in.</summary>
    public void Wrote(long version)
    {
        var seen = Interlocked.Read(ref _written);
        while (version > seen)
        {
            var before = Interlocked.CompareExchange(ref _written, version, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }

    /// <summary>The catalog, not older than the last change made here. A catalog that has begun again at a lower
    /// version is believed.</summary>
    public async Task<CatalogView> ReadAsync()
    {
        var wanted = Interlocked.Read(ref _written);
        var view = await cluster.GetGrain<ICatalogReaderGrain>(0).ReadAsync(wanted);
        if (view.Version < wanted)
            Interlocked.CompareExchange(ref _written, view.Version, wanted);
        return view;
    }

    /// <summary>The model with this id, or the selected one for an empty id; null when there is none.</summary>
    public static ModelEntry? Find(CatalogView view, string id)
    {
        var wanted = id.Length == 0 ? view.Selected : id;
        return Array.Find(view.Models, m => m.Id == wanted);
    }
}
