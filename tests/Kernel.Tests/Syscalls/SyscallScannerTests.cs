using System.Text;
using AgenticOS.Kernel.Syscalls;
using FsCheck;
using FsCheck.Fluent;

namespace AgenticOS.Kernel.Tests.Syscalls;

public sealed class SyscallScannerTests
{
    private static readonly SyscallGrammar Grammar = new("CALC", "LS", "PYTHON", "SEND");

    public static TheoryData<string, string[]> Texts => new()
    {
        { "[[CALC: 37*19]]", ["CALC|37*19"] },
        { "[[CALC:37*19]]", ["CALC|37*19"] },
        { "prima [[LS]] dopo", ["LS|"] },
        { "[[LS ]][[ LS]]", ["LS|"] },
        { "[[LS]][[CALC: 1]]", ["LS|", "CALC|1"] },
        { "[[[CALC: 1]]]", ["CALC|1"] },
        { "[[CALC: a[b[0]] + 1]]", ["CALC|a[b[0]] + 1"] },
        { "[[PYTHON: x = [[1,2],[3,4]]; print(x)]]", ["PYTHON|x = [[1,2],[3,4]]; print(x)"] },
        { "[[SEND: 2 | a] b]]", ["SEND|2 | a] b"] },
        { "[[PYTHON: ```python\nif a[[0]]: print(']]')\n```]] fine",
            ["PYTHON|```python\nif a[[0]]: print(']]')\n```"] },
        { "[[SEND: 2 | perché 日本 😀]]", ["SEND|2 | perché 日本 😀"] },
        { "[[CALC: \n 1+1 \n]]", ["CALC|1+1"] },
        { "[[CALC:]]", ["CALC|"] },
        { "[[RM: x]] [[calc: 1]] [[CALCX: 1]] [[CAL: 1]]", [] },
        { "[[1,2],[3,4]] [[]] [[:]] ]] [[", [] },
        { "[[CALC: 1", [] },
        { "[[CALC: 1]", [] },
        { "[[CALC", [] },
        { "[[CALC]x]]", [] },
        { "[[CALC][[LS]]", ["LS|"] },
        { "[[RM: [[LS]]", ["LS|"] },
        { "[ [LS]] [x[[LS]]", ["LS|"] },
        { "", [] },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void AText_YieldsTheSameCalls_WholeSplitAnywhereAndByteByByte(string text, string[] expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var calls = string.Join('\n', expected);
        string.Join('\n', Scan(bytes)).ShouldBe(calls, "whole");
        for (var i = 0; i <= bytes.Length; i++)
            string.Join('\n', Scan(bytes[..i], bytes[i..])).ShouldBe(calls, $"split at byte {i}");
        string.Join('\n', Scan([.. bytes.Select(value => new[] { value })])).ShouldBe(calls, "byte by byte");
    }

    [Fact]
    public void Feed_StopsRightAfterTheCall()
    {
        var scanner = new SyscallScanner(Grammar);
        scanner.Feed("ab[[LS]]cd"u8, out var consumed).ShouldBe(new Syscall("LS", ""));
        consumed.ShouldBe(8);
        scanner.Feed("cd"u8, out consumed).ShouldBeNull();
        consumed.ShouldBe(2);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void AnArgument_HasALimit(int beyond, bool isCall)
    {
        var argument = new string('1', SyscallLimits.ArgumentBytes + beyond);
        var calls = Scan(Encoding.UTF8.GetBytes($"[[CALC:{argument}]] [[LS]]"));
        calls.ShouldBe(isCall ? [$"CALC|{argument}", "LS|"] : ["LS|"]);
    }

    [Fact]
    public void AnOpenCall_IsSeenAndForgotten()
    {
        var scanner = new SyscallScanner(Grammar);
        scanner.IsOpen.ShouldBeFalse();
        scanner.Feed("[[CALC: 1"u8, out _);
        scanner.IsOpen.ShouldBeTrue();
        scanner.Reset();
        scanner.IsOpen.ShouldBeFalse();
        scanner.Feed("]]"u8, out _).ShouldBeNull();
    }

    [Fact]
    public void TextWithoutCalls_CostsNoMemory()
    {
        var scanner = new SyscallScanner(Grammar);
        var piece = "una [parola] e [[altro]] ancora"u8.ToArray();
        scanner.Feed(piece, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            scanner.Feed(piece, out _);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void AnyText_YieldsTheSameCallsHoweverItIsCut() => Prop.ForAll(
        Gen.Elements("[", "]", "[[", "]]", "CALC", "LS", ":", " ", "1", "```", "x", "è", "\n").ListOf()
            .Select(string.Concat).ToArbitrary(),
        text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            return Scan(bytes).SequenceEqual(Scan([.. bytes.Select(value => new[] { value })]));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("calc")]
    [InlineData("A B")]
    [InlineData("A23456789012345678901234567890123")]
    public void AName_ThatCannotBeWritten_IsRefused(string name) =>
        Should.Throw<ArgumentException>(() => new SyscallGrammar(name));

    private static List<string> Scan(params byte[][] pieces)
    {
        var scanner = new SyscallScanner(Grammar);
        var calls = new List<string>();
        foreach (var piece in pieces)
        {
            var rest = piece.AsSpan();
            while (!rest.IsEmpty)
            {
                if (scanner.Feed(rest, out var consumed) is { } call)
                    calls.Add($"{call.Name}|{call.Arguments}");
                rest = rest[consumed..];
            }
        }

        return calls;
    }
}
