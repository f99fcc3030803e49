using System.Text;
using System.Text.Unicode;
using AgenticOS.Inference.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AgenticOS.Inference.Tests;

public sealed class TextAssemblerTests
{
    private static readonly string[] s_stops = ["stop", "top!", "aab", "é€", "ß"];

    [Fact]
    public void AnyBytesCutAnyhow_ReleaseTheRepairedText_UpToTheFirstStop() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3000),
            Prop.ForAll(Cuts().ToArbitrary(), pieces => Reassembles(pieces)));

    [Theory]
    [InlineData("no stop string here, é € 😀 ß")]
    [InlineData("aaaab and then some")]
    [InlineData("it may sto but not st or stop now")]
    public void Text_WholeSplitAtEveryByteAndByteByByte_IsTheSame(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Reassembles([bytes]);
        Reassembles([.. bytes.Select(value => new[] { value })]);
        for (int cut = 0; cut <= bytes.Length; cut++)
            Reassembles([bytes[..cut], bytes[cut..]]);
    }

    [Fact]
    public void HeldBack_IsOnlyWhatMayBecomeAStop_OrACharacter()
    {
        var assembler = new TextAssembler(new StopStrings(["</s>"]));
        Add(assembler, "abc<").ShouldBe("abc");
        Add(assembler, "/").ShouldBe("");
        Add(assembler, "d").ShouldBe("</d");
        Add(assembler, [0xE2, 0x82]).ShouldBe("");
        Add(assembler, [0xAC]).ShouldBe("€");
        Add(assembler, "x</s>y").ShouldBe("x");
        assembler.Stopped.ShouldBeTrue();
    }

    [Fact]
    public void BrokenOff_HeldTextIsReleasedAsItIs_AndCompletesNoStop()
    {
        var assembler = new TextAssembler(new StopStrings(["</s>"]));
        Add(assembler, "a</").ShouldBe("a");
        assembler.BreakOff();
        Add(assembler, "s>b").ShouldBe("</s>b");
        assembler.Stopped.ShouldBeFalse();
        Add(assembler, [0xE2, 0x82]).ShouldBe("");
        assembler.BreakOff();
        Add(assembler, [0xAC, 0x41]).ShouldBe("\uFFFD\uFFFDA");
        Add(assembler, "</s>").ShouldBe("");
        assembler.Stopped.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void EmptyOrHugeStop_IsRefused(string? stop) =>
        Should.Throw<ArgumentException>(
            () => new StopStrings([stop ?? new string('x', EngineLimits.StopStringBytes + 1)]));

    private static string Add(TextAssembler assembler, string text) => Add(assembler, Encoding.UTF8.GetBytes(text));

    private static string Add(TextAssembler assembler, byte[] bytes) =>
        Encoding.UTF8.GetString(assembler.Add(bytes, last: false));

    private static bool Reassembles(byte[][] pieces)
    {
        var assembler = new TextAssembler(new StopStrings(s_stops));
        var released = new List<byte>();
        for (int i = 0; i <= pieces.Length && !assembler.Stopped; i++)
        {
            bool last = i == pieces.Length;
            ReadOnlySpan<byte> text = assembler.Add(last ? [] : pieces[i], last);
            Utf8.IsValid(text).ShouldBeTrue("whole characters only");
            released.AddRange(text);
        }

        string repaired = Encoding.UTF8.GetString([.. pieces.SelectMany(piece => piece)]);
        Encoding.UTF8.GetString([.. released]).ShouldBe(UpToFirstStop(repaired));
        return true;
    }

    /// <summary>The definition: the stop that is complete first, and of those the one that begins first.</summary>
    private static string UpToFirstStop(string text)
    {
        for (int end = 1; end <= text.Length; end++)
        {
            string[] complete = [.. s_stops.Where(stop => text[..end].EndsWith(stop, StringComparison.Ordinal))];
            if (complete.Length > 0)
                return text[..(end - complete.Max(stop => stop.Length))];
        }

        return text;
    }

    private static Gen<byte[][]> Cuts()
    {
        Gen<byte[]> fragment = Gen.OneOf(
            Gen.Elements("s", "st", "sto", "stop", "top", "!", "a", "aa", "b", "é", "€", "😀", "ß", "hello")
                .Select(Encoding.UTF8.GetBytes),
            Gen.Elements<byte>(0x80, 0xBF, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80, 0xFF, 0xC0, 0xED, 0xA0)
                .Select(value => new[] { value }));
        return fragment.ListOf()
            .Select(fragments => fragments.SelectMany(bytes => bytes).ToArray())
            .SelectMany(bytes => Gen.Choose(1, 5).ListOf(bytes.Length).Select(sizes => Cut(bytes, [.. sizes])));
    }

    private static byte[][] Cut(byte[] bytes, int[] sizes)
    {
        var pieces = new List<byte[]>();
        for (int at = 0, piece = 0; at < bytes.Length; at += sizes[piece++])
            pieces.Add(bytes[at..Math.Min(bytes.Length, at + sizes[piece])]);
        return [.. pieces];
    }
}
