using System.Reflection;
using System.Text.Json;

namespace AgenticOS.Models.Tests;

/// <summary>One of the prompts that no bundled model has seen in training, and the only right way to answer
/// it.</summary>
/// <param name="Kind">calc, list, talk or unknown.</param>
/// <param name="Prompt">What is asked.</param>
/// <param name="Call">The system call it must make; null for none.</param>
/// <param name="Result">What the kernel answers the call with.</param>
/// <param name="Answer">The text after that, to the letter.</param>
public sealed record Question(string Kind, string Prompt, string? Call, string? Result, string Answer)
{
    private static readonly JsonSerializerOptions Lenient = new(JsonSerializerDefaults.Web);

    /// <summary>The folder of the bundled models.</summary>
    public static string Models { get; } = Path.Combine(FindRoot(), "models");

    /// <summary>All of models/forge/heldout.jsonl.</summary>
    public static IReadOnlyList<Question> All { get; } =
    [
        .. File.ReadLines(Path.Combine(Models, "forge", "heldout.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Question>(line, Lenient)!),
    ];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgenticOS.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside a checkout");
    }
}
