using System.Reflection;

namespace AgenticOS.EndToEnd.Tests;

/// <summary>The checkout under test and the programs that were built beside these tests.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Standalone => Program("Standalone");

    public static string Cli => Program("Cli");

    public static string Models => Path.Combine(Root, "models");

    // The tests lie in tests/X/bin/[packages/]CONFIGURATION/net10.0; the programs in the same place under src.
    private static string Program(string project)
    {
        var mine = Path.GetRelativePath(Path.Combine(Root, "tests", "EndToEnd.Tests"), AppContext.BaseDirectory);
        return Path.Combine(Root, "src", project, mine, $"AgenticOS.{project}.dll");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgenticOS.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside a checkout");
    }
}
