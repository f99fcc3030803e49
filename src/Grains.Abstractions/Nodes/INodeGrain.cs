using AgenticOS.Grains.Catalog;
using Orleans.Concurrency;

namespace AgenticOS.Grains.Nodes;

/// <summary>One silo, seen from the cluster. The key is the silo's address as Orleans prints it parsably; the grain
/// lives on that silo and nowhere else.</summary>
[Alias("agenticos.node")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>Devices, memory, models and load, measured now.</summary>
    [Alias("report"), AlwaysInterleave]
    Task<NodeReport> ReportAsync();

    /// <summary>Takes a view of the cluster that the silo must know before somebody is answered.</summary>
    [Alias("learn"), AlwaysInterleave]
    Task LearnAsync(CatalogView view);

    /// <summary>Loads a model by id unless it is loaded already; refuses with figures what does not fit.</summary>
    [Alias("load"), ResponseTimeout("00:15:00")]
    Task<NodeLoadReply> LoadAsync(string modelId);
}

/// <summary>The outcome of a load on one silo.</summary>
/// <param name="Report">The silo after the call.</param>
/// <param name="Refusal">Null when the model is loaded.</param>
[GenerateSerializer, Immutable, Alias("agenticos.node-load-reply")]
public sealed record NodeLoadReply([property: Id(0)] NodeReport Report, [property: Id(1)] Refusal? Refusal);
