using AgenticOS.Gguf.Facts;
using AgenticOS.Gguf.Folders;
using AgenticOS.Grains.Catalog;
using AgenticOS.Kernel.Prompting;

namespace AgenticOS.Grains.Nodes;

/// <summary>A model in the folders of this silo.</summary>
/// <param name="Entry">As the catalog shows it.</param>
/// <param name="FullPath">The file to load.</param>
/// <param name="Facts">What its header says; null when it is broken.</param>
internal sealed record LocalModel(ModelEntry Entry, string FullPath, GgufFacts? Facts)
{
    /// <summary>Describes a file below a folder that clients are shown as <paramref name="shownFolder"/>.</summary>
    public static LocalModel Of(ModelFile file, string folder, string shownFolder, NodeOptions options)
    {
        var shown = $"{shownFolder}/{Path.GetRelativePath(folder, file.Path).Replace('\\', '/')}";
        return new LocalModel(
            file.Facts is { } facts ? Sound(file, facts, shown, options) : Broken(file, shown), file.Path, file.Facts);
    }

    private static ModelEntry Sound(ModelFile file, GgufFacts facts, string shown, NodeOptions options)
    {
        var family = PromptFamilies.Detect(facts.Architecture, facts.Name, facts.TokenizerPre, facts.ChatTemplate);
        var context = ModelShape.ContextFor(facts, options);
        return new ModelEntry(
            file.Id,
            shown,
            PromptFamilies.ToWire(family),
            facts.Architecture,
            facts.Name ?? file.Id,
            TokenizerOf(facts),
            facts.Parameters,
            facts.Quantization,
            facts.ContextLength,
            file.FileBytes,
            MemoryNeed.Of(facts, Math.Max(1, options.Slots), context).TotalBytes,
            TemplateOf(facts, family),
            null);
    }

    private static ModelEntry Broken(ModelFile file, string shown) => new(
        file.Id,
        shown,
        PromptFamilies.ToWire(PromptFamily.Unknown),
        Architecture: "",
        file.Id,
        Tokenizer: "",
        Parameters: 0,
        Quantization: "",
        ContextLength: 0,
        file.FileBytes,
        EstimatedBytes: 0,
        Template: "none",
        file.Fault?.Message ?? "The file cannot be read.");

    private static string TokenizerOf(GgufFacts facts)
    {
        var kind = facts.TokenizerModel ?? "none";
        return facts.TokenizerPre is null ? kind : $"{kind}/{facts.TokenizerPre}";
    }

    private static string TemplateOf(GgufFacts facts, PromptFamily family)
    {
        if (facts.ChatTemplate is null)
            return "none";
        return family == PromptFamily.Unknown ? "file" : PromptFamilies.ToWire(family);
    }
}
