using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Providers;

/// <summary>One queue of memory streams. Its messages are lost with its silo.</summary>
internal interface IMemoryStreamQueueGrain : IGrainWithStringKey
{
    /// <summary>Puts a batch at the end; fails when the queue is full.</summary>
    Task Enqueue(MemoryBatch batch);

    /// <summary>Takes batches from the front.</summary>
    Task<List<MemoryBatch>> Dequeue(int maxCount);
}

/// <inheritdoc cref="IMemoryStreamQueueGrain"/>
[GrainType("memorystreamqueue")]
internal sealed class MemoryStreamQueueGrain(TimeProvider time) : Grain, IMemoryStreamQueueGrain
{
    private const int MaxEventCount = 16384;
    private readonly Queue<MemoryBatch> _queue = new();

    // Begins with the time, so that a queue that was lost begins behind its predecessor.
    private long _next = time.GetUtcNow().Ticks;

    public Task Enqueue(MemoryBatch batch)
    {
        if (_queue.Count >= MaxEventCount)
            throw new InvalidOperationException(
                $"Can not enqueue since the count has reached its maximum of {MaxEventCount}");
        batch.Number(_next++);
        _queue.Enqueue(batch);
        return Task.CompletedTask;
    }

    public Task<List<MemoryBatch>> Dequeue(int maxCount)
    {
        var batches = new List<MemoryBatch>(Math.Min(maxCount, _queue.Count));
        while (batches.Count < maxCount && _queue.TryDequeue(out var batch))
            batches.Add(batch);
        return Task.FromResult(batches);
    }
}

/// <summary>Events that were put into a memory stream together. Every consumer gets a copy of its own.</summary>
[GenerateSerializer]
internal sealed class MemoryBatch(StreamId streamId, List<object> events, Dictionary<string, object>? requestContext)
    : IBatchContainer
{
    [Id(0)]
    public StreamId StreamId { get; } = streamId;

    [Id(1)]
    private readonly List<object> _events = events;

    [Id(2)]
    private readonly Dictionary<string, object>? _requestContext = requestContext;

    [Id(3)]
    private EventSequenceToken _token = new(0);

    public StreamSequenceToken SequenceToken => _token;

    public void Number(long number) => _token = new(number);

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => _events.OfType<T>()
        .Select((item, index) => Tuple.Create(item, (StreamSequenceToken)_token.CreateSequenceTokenForEvent(index)));

    public bool ImportRequestContext()
    {
        if (_requestContext is null)
            return false;
        foreach (var (key, value) in _requestContext)
            RequestContext.Set(key, value);
        return true;
    }
}
