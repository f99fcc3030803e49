using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgenticOS.Tidy.Tests;

public sealed class SizeTests
{
    private const int FileLines = 300;
    private const int TestFileLines = 600;
    private const int MethodLines = 70;
    private const int LineLength = 120;

    [Fact]
    public void SourceFiles_StayWithinTheirLines() =>
        TooLong(Repository.Sources("src", "compat", "bench"), FileLines).ShouldBeEmpty();

    [Fact]
    public void TestFiles_StayWithinTheirLines() =>
        TooLong(Repository.Sources("tests"), TestFileLines).ShouldBeEmpty();

    [Fact]
    public void Methods_StayWithinTheirLines()
    {
        var tooLong = Repository.Sources("src", "compat", "bench", "tests").SelectMany(file => Repository.Syntax(file)
            .DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
            .Select(method => (File: Repository.Relative(file), Name: Name(method), Lines: Lines(method)))
            .Where(method => method.Lines > MethodLines));
        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void Lines_AreAtMost120Wide()
    {
        var tooWide = Repository.Sources("src", "compat", "bench", "tests").SelectMany(file => File.ReadLines(file)
            .Select((text, index) => (File: Repository.Relative(file), Line: index + 1, text.Length))
            .Where(line => line.Length > LineLength));
        tooWide.ShouldBeEmpty();
    }

    private static IEnumerable<(string File, int Lines)> TooLong(IEnumerable<string> files, int limit) => files
        .Select(file => (File: Repository.Relative(file), Lines: File.ReadLines(file).Count()))
        .Where(file => file.Lines > limit);

    private static int Lines(SyntaxNode method)
    {
        var body = method.ChildNodes().FirstOrDefault(node => node is BlockSyntax or ArrowExpressionClauseSyntax);
        if (body is null) return 0;
        var span = body.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string Name(BaseMethodDeclarationSyntax method) =>
        method is MethodDeclarationSyntax named ? named.Identifier.Text : method.Kind().ToString();
}
