using AgenticOS.Grains.Nodes;
using Orleans.Concurrency;

namespace AgenticOS.Grains.Catalog;

/// <summary>The one place where models are selected and loads are decided (key 0). Silos report to it and get the view
/// of the whole cluster back; everybody else reads that view from the copy on a silo through
/// <see cref="ICatalogReaderGrain"/>.</summary>
[Alias("agenticos.catalog")]
public interface ICatalogGrain : IGrainWithIntegerKey
{
    /// <summary>A silo tells what it has and learns what is new since the version it knows.</summary>
    [Alias("report"), AlwaysInterleave]
    Task<CatalogNews> ReportAsync(NodeReport report, long knownVersion);

    /// <summary>A silo leaves in order: its report is dropped at once.</summary>
    [Alias("leave"), AlwaysInterleave]
    Task LeaveAsync(string node);

    /// <summary>The view as it is now.</summary>
    [Alias("read"), AlwaysInterleave]
    Task<CatalogView> ReadAsync();

    /// <summary>Selects the model that a LOAD or EXEC without a name means. Running processes are not
    /// touched.</summary>
    [Alias("select"), AlwaysInterleave]
    Task<SelectReply> SelectAsync(string id);

    /// <summary>Loads a model and selects it.</summary>
    /// <param name="target">An id, a path inside a model folder, or empty for the selected model.</param>
    /// <param name="nodes">The silos to load onto; empty for the best one.</param>
    [Alias("load"), AlwaysInterleave, ResponseTimeout("00:15:00")]
    Task<LoadReply> LoadAsync(string target, string[] nodes);
}

/// <summary>Reads the copy of the catalog on the silo that is asked.</summary>
[Alias("agenticos.catalog-reader")]
public interface ICatalogReaderGrain : IGrainWithIntegerKey
{
    /// <summary>The local view, brought up to at least <paramref name="minVersion"/>.</summary>
    [Alias("read")]
    Task<CatalogView> ReadAsync(long minVersion);
}
