using AgenticOS.Kernel.Exec;
using AgenticOS.Kernel.Prompting;

namespace AgenticOS.Kernel.Catalog;

/// <summary>Chooses a model for an EXEC that names a capability instead of a model.</summary>
public static class CapabilityRouting
{
    private static readonly PromptFamily[] LlamaFirst = [PromptFamily.Llama, PromptFamily.Qwen, PromptFamily.Mistral];
    private static readonly PromptFamily[] QwenFirst = [PromptFamily.Qwen, PromptFamily.Llama, PromptFamily.Mistral];

    /// <summary>The sound models, best first: by family (Llama, Qwen, Mistral for fast and general; Qwen, Llama,
    /// Mistral for code and reasoning; others last), within a family by size (small first for fast and general, large
    /// first for code and reasoning), then by id.</summary>
    public static IReadOnlyList<ModelCandidate> Rank(Capability capability, IEnumerable<ModelCandidate> models)
    {
        var prefersLarge = capability is Capability.Code or Capability.Reasoning;
        var families = prefersLarge ? QwenFirst : LlamaFirst;
        return [.. models
            .Where(model => model.Fault is null)
            .OrderBy(model => Array.IndexOf(families, model.Family) is var rank && rank < 0 ? families.Length : rank)
            .ThenBy(model => prefersLarge ? -model.Parameters : model.Parameters)
            .ThenBy(model => model.Id, StringComparer.Ordinal)];
    }
}
