using AgenticOS.Grains.Output;
using AgenticOS.Grains.Output.PushStreams;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Grains.Tests.Output;

public sealed class PushCacheTests
{
    private static readonly StreamId Stream = StreamId.Create("frontend", "a");
    private static readonly StreamId Other = StreamId.Create("frontend", "b");

    private long _released;

    private static PushBatch Batch(StreamId stream, long token) =>
        new(stream, new OutputBatch("node", 0, []), new EventSequenceTokenV2(token));

    private static long[] ReadAll(IQueueCacheCursor cursor)
    {
        var tokens = new List<long>();
        while (cursor.MoveNext())
            tokens.Add(cursor.GetCurrent(out _)!.SequenceToken.SequenceNumber);
        return [.. tokens];
    }

    private PushCache NewCache() => new(TimeProvider.System, count => _released += count);

    [Fact]
    public void ACursorAtAToken_ReadsFromThereOn_OneWithoutFromNowOn()
    {
        var cache = NewCache();
        cache.AddToCache([Batch(Stream, 1), Batch(Stream, 2), Batch(Stream, 3)]);
        var at = cache.GetCacheCursor(Stream, new EventSequenceTokenV2(2));
        var now = cache.GetCacheCursor(Stream, null);
        cache.AddToCache([Batch(Stream, 4)]);
        ReadAll(at).ShouldBe([2, 3, 4]);
        ReadAll(now).ShouldBe([4]);
        cache.Held.ShouldBe(0);
        _released.ShouldBe(4);
    }

    [Fact]
    public void ABatch_IsHeldUntilTheSlowestHasIt()
    {
        var cache = NewCache();
        var fast = cache.GetCacheCursor(Stream, null);
        var slow = cache.GetCacheCursor(Stream, null);
        cache.AddToCache([Batch(Stream, 1), Batch(Stream, 2)]);
        ReadAll(fast).ShouldBe([1, 2]);
        cache.Held.ShouldBe(2);
        slow.MoveNext().ShouldBeTrue();
        slow.MoveNext().ShouldBeTrue();
        cache.Held.ShouldBe(1);
        slow.Dispose();
        cache.Held.ShouldBe(0);
    }

    [Fact]
    public void AFullStream_LosesItsOldest_AndLeavesOthersAlone()
    {
        var cache = NewCache();
        var slow = cache.GetCacheCursor(Stream, null);
        var other = cache.GetCacheCursor(Other, null);
        cache.AddToCache([Batch(Other, 1)]);
        for (var token = 1; token <= PushLimits.WaitingPerStream + 10; token++)
            cache.AddToCache([Batch(Stream, token)]);
        cache.Held.ShouldBe(PushLimits.WaitingPerStream + 1);
        ReadAll(slow)[0].ShouldBe(11);
        ReadAll(other).ShouldBe([1]);
        cache.IsUnderPressure().ShouldBeFalse();
    }

    [Fact]
    public void AStreamThatNobodyReads_IsForgottenAfterAWhile()
    {
        var time = new ManualTime();
        var cache = new PushCache(time, count => _released += count);
        cache.AddToCache([Batch(Stream, 1)]);
        var read = cache.GetCacheCursor(Other, null);
        cache.TryPurgeFromCache(out _);
        cache.Lanes.ShouldBe(2);
        time.Now += PushLimits.Delivery + TimeSpan.FromSeconds(1);
        cache.TryPurgeFromCache(out _);
        cache.Lanes.ShouldBe(1);
        _released.ShouldBe(1);
        read.Dispose();
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
