using AgenticOS.Kernel.Catalog;
using AgenticOS.Kernel.Prompting;

namespace AgenticOS.Grains.Catalog;

/// <summary>Turns what the catalog knows into what the Kernel's rules ask for.</summary>
internal static class ModelCandidates
{
    /// <summary>Every model of a view.</summary>
    public static ModelCandidate[] Of(CatalogView view) => Array.ConvertAll(view.Models, Of);

    /// <summary>The models of a view that some silo holds.</summary>
    public static ModelCandidate[] Loaded(CatalogView view)
    {
        var held = view.Nodes
            .SelectMany(node => node.Loaded)
            .Select(model => model.ModelId)
            .ToHashSet(StringComparer.Ordinal);
        return [.. view.Models.Where(model => held.Contains(model.Id)).Select(Of)];
    }

    private static ModelCandidate Of(ModelEntry entry) =>
        new(entry.Id, entry.Path, PromptFamilies.FromWire(entry.Family), entry.Parameters, entry.Fault);
}
