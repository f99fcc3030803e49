using AgenticOS.Grains.Catalog;
using AgenticOS.Kernel.Catalog;
using AgenticOS.Kernel.Exec;

namespace AgenticOS.Grains.Agents;

/// <summary>Which loaded model an EXEC runs on, or why on none.</summary>
internal abstract record ModelResolution
{
    private ModelResolution()
    {
    }

    /// <summary>On this one.</summary>
    public sealed record Loaded(ModelEntry Model) : ModelResolution;

    /// <summary>On none; <paramref name="Message"/> says what to do.</summary>
    public sealed record None(string Message) : ModelResolution;

    /// <summary>By the hints: a named model, else the best loaded one for a capability, else the selected
    /// one.</summary>
    public static ModelResolution Of(ExecHints hints, CatalogView view)
    {
        if (hints.Model is null && hints.Capability is { } capability)
            return OfCapability(capability, view);
        var choice = ModelSelector.Resolve(hints.Model, ModelCandidates.Of(view), view.Selected);
        if (choice is not ModelChoice.Chosen { Model: var model })
            return new None($"{choice.Message} Use LOAD.");
        return IsHeld(view, model.Id)
            ? new Loaded(EntryOf(view, model.Id))
            : new None($"Model '{model.Id}' is not loaded on any silo; use LOAD.");
    }

    private static ModelResolution OfCapability(Capability capability, CatalogView view)
    {
        var ranked = CapabilityRouting.Rank(capability, ModelCandidates.Loaded(view));
        return ranked.Count > 0
            ? new Loaded(EntryOf(view, ranked[0].Id))
            : new None("No model is loaded on any silo; use LOAD.");
    }

    private static bool IsHeld(CatalogView view, string id) =>
        Array.Exists(view.Nodes, node => Array.Exists(node.Loaded, model => model.ModelId == id));

    private static ModelEntry EntryOf(CatalogView view, string id) => Array.Find(view.Models, model => model.Id == id)
        ?? throw new InvalidOperationException($"Model '{id}' was chosen from a view that lacks it.");
}
