using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AgenticOS.Tidy.Tests;

/// <summary>The checkout this test was built from, as files and syntax trees.</summary>
internal static class Repository
{
    private static readonly string[] Skipped = ["bin", "obj", ".git", ".agenticos", "node_modules", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
                .Where(file => !Relative(file).Split('/').Any(part => Skipped.Contains(part)))
            : [];

    public static IEnumerable<string> Sources(params string[] folders) =>
        folders.SelectMany(folder => Files(folder, "*.cs"));

    public static SyntaxNode Syntax(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot();

    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgenticOS.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests do not run inside a checkout");
    }
}
