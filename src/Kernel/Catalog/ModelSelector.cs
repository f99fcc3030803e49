namespace AgenticOS.Kernel.Catalog;

/// <summary>Finds the model that a client means by a name.</summary>
public static class ModelSelector
{
    private const string Extension = ".gguf";
    private const string FolderPrefix = "models/";

    /// <summary>Tries, in this order: the id, the shown path, the path <c>models/NAME.gguf</c> as existing clients
    /// write it, the file name alone where only one model has it, and each of these without regard to case where only
    /// one model fits. An empty target means the selected model, or the only sound one when none is selected. Paths
    /// with <c>..</c> and absolute paths that no model is shown under are refused as outside.</summary>
    public static ModelChoice Resolve(string? target, IReadOnlyList<ModelCandidate> models, string? selected)
    {
        var name = (target ?? "").Trim();
        if (name.Length == 0)
            return OfSelection(models, selected);
        var plain = name.Replace('\\', '/');
        while (plain.StartsWith("./", StringComparison.Ordinal))
            plain = plain[2..];
        var choice = Find(name, plain, models, StringComparison.Ordinal)
            ?? Find(name, plain, models, StringComparison.OrdinalIgnoreCase);
        if (choice is not null)
            return choice;
        return LeadsOutside(plain)
            ? new ModelChoice.OutsideFolders(name)
            : new ModelChoice.Unknown(name, Texts.Nearest(WithoutDecoration(plain), models.Select(model => model.Id)));
    }

    private static ModelChoice OfSelection(IReadOnlyList<ModelCandidate> models, string? selected)
    {
        if (!string.IsNullOrEmpty(selected))
        {
            var model = models.FirstOrDefault(model => model.Id == selected);
            return model is null ? new ModelChoice.Unknown(selected, null) : Checked(model);
        }

        var sound = models.Where(model => model.Fault is null).ToArray();
        return sound.Length == 1 ? new ModelChoice.Chosen(sound[0]) : new ModelChoice.NoneSelected(sound.Length);
    }

    private static ModelChoice? Find(
        string name,
        string plain,
        IReadOnlyList<ModelCandidate> models,
        StringComparison comparison)
    {
        var bare = WithoutDecoration(plain);
        return Match(name, models, model => model.Id.Equals(name, comparison))
            ?? Match(name, models, model => model.Path.Equals(name, comparison) || model.Path.Equals(plain, comparison))
            ?? Match(name, models, model => model.Id.Equals(bare, comparison))
            ?? Match(name, models, model => FileName(model.Id).Equals(bare, comparison));
    }

    private static ModelChoice? Match(
        string name,
        IReadOnlyList<ModelCandidate> models,
        Func<ModelCandidate, bool> fits)
    {
        var found = models.Where(fits).ToArray();
        return found.Length switch
        {
            0 => null,
            1 => Checked(found[0]),
            _ => new ModelChoice.Ambiguous(name, [.. found.Select(model => model.Id).Order(StringComparer.Ordinal)]),
        };
    }

    private static ModelChoice Checked(ModelCandidate model) =>
        model.Fault is null ? new ModelChoice.Chosen(model) : new ModelChoice.Faulty(model);

    /// <summary>Without the folder that clients write, the extension, and the number of a part of a split
    /// file.</summary>
    private static string WithoutDecoration(string plain)
    {
        if (plain.StartsWith(FolderPrefix, StringComparison.OrdinalIgnoreCase))
            plain = plain[FolderPrefix.Length..];
        if (!plain.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            return plain;
        return SplitModelName.WithoutPart(plain[..^Extension.Length]);
    }

    private static string FileName(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static bool LeadsOutside(string plain) => plain.StartsWith('/')
        || plain.Split('/').Contains("..")
        || (plain.Length > 1 && plain[1] == ':');
}
