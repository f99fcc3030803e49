using Orleans.Providers;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.StandIn.Tests.Streams;

public sealed class MemoryQueueCacheTests
{
    private static readonly StreamId s_a = StreamId.Create("ns", "a");
    private static readonly StreamId s_b = StreamId.Create("ns", "b");
    private readonly ManualTime _time = new();
    private readonly MemoryQueueCache _cache;
    private long _next;

    public MemoryQueueCacheTests() => _cache = new MemoryQueueCache(_time);

    private void Add(StreamId stream, int count) => _cache.AddToCache(
        [.. Enumerable.Range(0, count).Select(_ => (IBatchContainer)Batch(stream, _next++))]);

    private static MemoryBatch Batch(StreamId stream, long number)
    {
        var batch = new MemoryBatch(stream, [number], null);
        batch.Number(number);
        return batch;
    }

    private static List<long> Rest(IQueueCacheCursor cursor)
    {
        var numbers = new List<long>();
        while (cursor.MoveNext())
            numbers.Add(cursor.GetCurrent(out _)!.SequenceToken.SequenceNumber);
        return numbers;
    }

    private int Purge() => _cache.TryPurgeFromCache(out var purged) ? purged.Count : 0;

    [Fact]
    public void CursorWithoutToken_SeesOnlyWhatComesLater()
    {
        Add(s_a, 3);
        using var cursor = _cache.GetCacheCursor(s_a, null);
        Rest(cursor).ShouldBeEmpty();
        Add(s_a, 2);
        Rest(cursor).ShouldBe([3, 4]);
    }

    [Fact]
    public void CursorWithToken_BeginsAtIt_AlsoWhenItIsStillToCome()
    {
        Add(s_a, 5);
        using var held = _cache.GetCacheCursor(s_a, new EventSequenceToken(2));
        Rest(held).ShouldBe([2, 3, 4]);
        using var ahead = _cache.GetCacheCursor(s_a, new EventSequenceToken(6));
        Add(s_a, 3);
        Rest(ahead).ShouldBe([6, 7]);
    }

    [Fact]
    public void Streams_DoNotMix_AndKeepTheirOrder()
    {
        using var a = _cache.GetCacheCursor(s_a, null);
        using var b = _cache.GetCacheCursor(s_b, null);
        Add(s_a, 1);
        Add(s_b, 2);
        Add(s_a, 1);
        Rest(a).ShouldBe([0, 3]);
        Rest(b).ShouldBe([1, 2]);
    }

    [Fact]
    public void Purge_KeepsWhatASlowCursorNeeds_HoweverOld()
    {
        using var slow = _cache.GetCacheCursor(s_a, null);
        Add(s_a, 10);
        _time.Advance(MemoryQueueCache.KeptTime * 2);
        Purge().ShouldBe(0, "nothing was taken");
        slow.MoveNext().ShouldBeTrue();
        slow.MoveNext().ShouldBeTrue();
        Purge().ShouldBe(2, "what was taken is old");
        Rest(slow).ShouldBe([2, 3, 4, 5, 6, 7, 8, 9]);
    }

    [Fact]
    public void Purge_KeepsTakenOnesForRewinding_UntilTheyAreOldOrMany()
    {
        using var cursor = _cache.GetCacheCursor(s_a, null);
        Add(s_a, MemoryQueueCache.KeptForRewind + 10);
        Rest(cursor).Count.ShouldBe(MemoryQueueCache.KeptForRewind + 10);
        Purge().ShouldBe(10, "more than is kept");
        Purge().ShouldBe(0, "young and few enough");
        _time.Advance(MemoryQueueCache.KeptTime + TimeSpan.FromTicks(1));
        Purge().ShouldBe(MemoryQueueCache.KeptForRewind, "old");
    }

    [Fact]
    public void PurgedPlace_IsAMiss_NamingWhatIsHeld()
    {
        using var cursor = _cache.GetCacheCursor(s_a, null);
        Add(s_a, MemoryQueueCache.KeptForRewind + 100);
        Rest(cursor);
        Purge();
        var miss = Should.Throw<QueueCacheMissException>(() => _cache.GetCacheCursor(s_a, new EventSequenceToken(99)));
        miss.Low.ShouldNotBeNull().ShouldContain("SeqNum=100");
        using var oldest = _cache.GetCacheCursor(s_a, new EventSequenceToken(100));
        Rest(oldest).Count.ShouldBe(MemoryQueueCache.KeptForRewind);
    }

    [Fact]
    public void Pressure_RisesWithASlowCursor_AndFallsWhenItIsGone()
    {
        var slow = _cache.GetCacheCursor(s_a, null);
        Add(s_a, MemoryQueueCache.MostWaiting);
        Purge();
        _cache.IsUnderPressure().ShouldBeTrue();
        slow.Dispose();
        Purge();
        _cache.IsUnderPressure().ShouldBeFalse();
    }

    [Fact]
    public void OneSlowStream_HoldsTheOthersBehindItToo()
    {
        using var slow = _cache.GetCacheCursor(s_a, null);
        Add(s_a, 1);
        Add(s_b, 3);
        _time.Advance(MemoryQueueCache.KeptTime * 2);
        Purge().ShouldBe(0, "a queue is given up in its order");
        slow.MoveNext();
        Purge().ShouldBe(4);
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan by) => _now += by.Ticks;
    }
}
