using AgenticOS.Cli.Service;
using AgenticOS.Gguf.Folders;

namespace AgenticOS.Cli.Doctor;

/// <summary>The model files beside the launcher, the broken ones with their fault.</summary>
internal static class Models
{
    public static IEnumerable<Finding> Look(Layout layout)
    {
        var folder = Path.Combine(layout.Root, "models");
        if (!Directory.Exists(folder)) yield break;
        var models = new ModelFolder(folder).Scan();
        var usable = models.Where(model => model.Facts is not null).ToList();
        yield return new Finding(
            "models", $"{usable.Count} in {folder}: {string.Join(", ", usable.Select(model => model.Id))}",
            usable.Count > 0 ? null : "put a .gguf file there, or name a folder with --models");
        foreach (var broken in models.Where(model => model.Fault is not null))
            yield return new Finding("models", $"{broken.Id}: {broken.Fault!.Message}", "replace or remove the file");
    }
}
