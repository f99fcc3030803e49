using System.Xml.Linq;

namespace AgenticOS.Tidy.Tests;

/// <summary>Which project may refer to which. A new arrow is an ADR and a line here.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Kernel"] = [],
        ["Gguf"] = [],
        ["Protocol"] = ["Kernel"],
        ["Client"] = ["Protocol"],
        ["Inference"] = ["Kernel"],
        ["Inference.LlamaCpp"] = ["Inference"],
        ["Inference.LLamaSharp"] = ["Inference"],
        ["Sandbox"] = ["Kernel"],
        ["Grains.Abstractions"] = ["Kernel"],
        ["Grains"] = ["Grains.Abstractions", "Inference", "Sandbox", "Gguf"],
        ["Silo"] = ["Grains", "Inference.LlamaCpp", "Inference.LLamaSharp", "Sandbox"],
        ["TcpFrontend"] = ["Protocol", "Grains.Abstractions"],
        ["Standalone"] = ["Silo", "TcpFrontend"],
        ["Cli"] = ["Client", "Gguf"],
    };

    private static readonly string[] Imports = ["LibraryImport(", "DllImport("];

    public static TheoryData<string> Projects() =>
        new(Repository.Files("src", "*.csproj").Select(file => Path.GetFileNameWithoutExtension(file)).Order());

    [Theory, MemberData(nameof(Projects))]
    public void Project_RefersOnlyToWhatItMay(string project)
    {
        Allowed.ShouldContainKey(project, $"{project} is new: say in an ADR and in this table what it may refer to");
        var file = Path.Combine(Repository.Root, "src", project, project + ".csproj");
        References(file).Except(Allowed[project]).ShouldBeEmpty($"{project} refers to a project it may not know");
    }

    [Fact]
    public void NativeCode_IsImportedByOneProjectOnly()
    {
        var importers = Repository.Sources("src")
            .Where(file => Imports.Any(File.ReadAllText(file).Contains))
            .Select(file => Repository.Relative(file).Split('/')[1])
            .Distinct();
        importers.ShouldBe(["Inference.LlamaCpp"]);
    }

    [Fact]
    public void ProductCode_DoesNotKnowWhichOrleansItRunsOn()
    {
        foreach (var file in Repository.Sources("src"))
            File.ReadLines(file).Any(line => line.StartsWith("#if", StringComparison.Ordinal))
                .ShouldBeFalse(
                    $"{Repository.Relative(file)} has a conditional; what differs lives in files of its own");
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
            .Select(path => Path.GetFileNameWithoutExtension(path));
}
