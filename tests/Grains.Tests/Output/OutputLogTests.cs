using AgenticOS.Grains.Output;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.Grains.Tests.Output;

public sealed class OutputLogTests
{
    private static readonly ProcessEnd End = new(ProcessEndReason.Finished, 1, 0.5);

    [Fact]
    public void EveryOffset_ReadsTheRest_OverChunksOfAllSizes()
    {
        var random = new Random(7);
        var log = new OutputLog();
        var all = new List<byte>();
        for (var piece = 0; piece < 400; piece++)
        {
            var bytes = new byte[random.Next(1, piece % 50 == 0 ? 20_000 : 40)];
            random.NextBytes(bytes);
            log.Append(bytes).ToArray().ShouldBe(bytes);
            all.AddRange(bytes);
        }
        log.Length.ShouldBe(all.Count);
        for (var from = 0; from <= all.Count; from += from < 1000 ? 1 : 997)
            log.Read(from)!.Bytes.Span.SequenceEqual(all.ToArray().AsSpan(from)).ShouldBeTrue($"from {from}");
        log.Read(all.Count)!.Bytes.Length.ShouldBe(0);
    }

    [Fact]
    public void OffsetsOutside_ReadNothing()
    {
        var log = new OutputLog();
        log.Append("abc"u8);
        log.Read(-1).ShouldBeNull();
        log.Read(4).ShouldBeNull();
    }

    [Fact]
    public void Pieces_StayAsTheyWereHandedOut()
    {
        var log = new OutputLog();
        var first = log.Append("first"u8);
        for (var i = 0; i < 10_000; i++)
            log.Append("more and more"u8);
        first.Span.SequenceEqual("first"u8).ShouldBeTrue();
    }

    [Fact]
    public void TheFirstEnd_Stands_AndNothingFollowsIt()
    {
        var log = new OutputLog();
        log.Close(End).ShouldBeTrue();
        log.Close(End with { Tokens = 9 }).ShouldBeFalse();
        log.End.ShouldBe(End);
        log.Read(0)!.End.ShouldBe(End);
        Should.Throw<InvalidOperationException>(() => log.Append("late"u8));
    }
}
