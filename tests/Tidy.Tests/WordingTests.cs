using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgenticOS.Tidy.Tests;

public sealed partial class WordingTests
{
    private static readonly string[] Text =
        ["*.cs", "*.md", "*.py", "*.sh", "*.json", "*.props", "*.targets", "*.csproj", "*.yml"];
    private static readonly string[] Folders =
        ["src", "compat", "tests", "bench", "models", "deploy", "docs", "reports", ".ci"];

    [Fact]
    public void UnfinishedMarks_CarryAnIssueNumber() =>
        Hits(Repository.Sources("src", "compat", "bench", "tests"), UnfinishedMark()).ShouldBeEmpty();

    [Fact]
    public void Nothing_NamesARegistryOrAMachine() =>
        Hits(Folders.SelectMany(folder => Text.SelectMany(pattern => Repository.Files(folder, pattern)))
            .Concat(Directory.EnumerateFiles(Repository.Root)), PlaceOfThisMachine()).ShouldBeEmpty();

    [Fact]
    public void Types_HaveNamesThatSayWhatTheyAre()
    {
        var vague = Repository.Sources("src").SelectMany(file => Repository.Syntax(file).DescendantNodes()
            .OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text))
            .Where(name => VagueName().IsMatch(name));
        vague.ShouldBeEmpty();
    }

    [Fact]
    public void Errors_AreNeverSwallowed()
    {
        var empty = Repository.Sources("src", "compat", "bench")
            .SelectMany(file => Repository.Syntax(file).DescendantNodes()
            .OfType<CatchClauseSyntax>()
            .Where(clause => clause.Block.Statements.Count == 0 && CatchesAll(clause))
            .Select(
                clause => $"{Repository.Relative(file)}:{clause.GetLocation().GetLineSpan().StartLinePosition.Line}"));
        empty.ShouldBeEmpty();
    }

    [Fact]
    public void LogEvents_HaveIdsOfTheirOwn()
    {
        var ids = Repository.Sources("src").SelectMany(file => LogEvent().Matches(File.ReadAllText(file))
            .Select(match => (Id: int.Parse(match.Groups["id"].Value), File: Repository.Relative(file)))).ToList();
        ids.GroupBy(entry => entry.Id).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(entry => entry.File))}").ShouldBeEmpty();
    }

    private static bool CatchesAll(CatchClauseSyntax clause) =>
        clause.Filter is null && clause.Declaration?.Type.ToString() is null or "Exception" or "System.Exception";

    private static IEnumerable<string> Hits(IEnumerable<string> files, Regex pattern) =>
        from file in files
        where Path.GetFileName(file) is not (nameof(WordingTests) + ".cs" or ".git")
        from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
        where pattern.IsMatch(line.Text)
        select $"{Repository.Relative(file)}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b(?!\(#\d+\))|NotImplementedException")]
    private static partial Regex UnfinishedMark();

    [GeneratedRegex(@"(^|[^A-Za-z.])/(work|farm)/|https?://[a-z0-9.-]*(nuget|npmjs|debian)|""resolved"":\s*""http")]
    private static partial Regex PlaceOfThisMachine();

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Common|Data|Info)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"LoggerMessage\(\s*(EventId\s*=\s*)?(?<id>\d+)")]
    private static partial Regex LogEvent();
}
