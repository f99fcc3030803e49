using AgenticOS.Grains.Nodes;

namespace AgenticOS.Grains.Catalog;

/// <summary>What the catalog answers to a silo's report.</summary>
/// <param name="View">The view, when it is newer than the one the silo knows; else null.</param>
/// <param name="Loads">The latest load figures of every silo, which do not make a view newer.</param>
[GenerateSerializer, Immutable, Alias("agenticos.catalog-news")]
public sealed record CatalogNews([property: Id(0)] CatalogView? View, [property: Id(1)] NodeLoad[] Loads);

/// <summary>How busy a silo is.</summary>
/// <param name="Node">The silo's address, parsable.</param>
/// <param name="Sequence">Of the report that the figures come from.</param>
/// <param name="Loaded">Its models with their figures.</param>
[GenerateSerializer, Immutable, Alias("agenticos.node-load")]
public sealed record NodeLoad(
    [property: Id(0)] string Node,
    [property: Id(1)] long Sequence,
    [property: Id(2)] LoadedModel[] Loaded);
