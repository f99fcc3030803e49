using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.LlamaCpp;

/// <summary>Finds the folder that holds llama.cpp's shared libraries.</summary>
public static class NativesFolder
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "AGENTICOS_NATIVES";

    /// <summary>The npm packages the libraries come in, the best first.</summary>
    private static readonly string[] s_packages = ["linux-x64-cuda", "linux-x64-vulkan", "linux-x64"];

    /// <summary>
    /// The folder with the libraries: below <paramref name="given"/>, else below the folder that
    /// <see cref="Variable"/> names, else below <c>.agenticos/natives</c> in some folder above the program or the
    /// working directory. Of several variants CUDA goes before Vulkan before the plain one. Throws
    /// <see cref="ModelUnusableException"/> when there is none.
    /// </summary>
    public static string Find(string? given)
    {
        given ??= Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;
        IEnumerable<string> places = given is not null
            ? [given]
            : Above(AppContext.BaseDirectory).Concat(Above(Directory.GetCurrentDirectory()));
        return places.Select(Below).FirstOrDefault(folder => folder is not null)
            ?? throw new ModelUnusableException(
                "No llama.cpp libraries " + (given is null ? "in .agenticos/natives above here" : $"in '{given}'")
                + $": run the launcher, or name their folder in {Variable}.");
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
            yield return Path.Combine(at.FullName, ".agenticos", "natives");
    }

    private static string? Below(string folder) =>
        s_packages
            .Select(package => Path.Combine(folder, "node_modules", "@node-llama-cpp", package, "bins", package))
            .Append(folder)
            .FirstOrDefault(candidate => Directory.Exists(candidate)
                && Directory.EnumerateFiles(candidate, "libllama.*").Any());
}
