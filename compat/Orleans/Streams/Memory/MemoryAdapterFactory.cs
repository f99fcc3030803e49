using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Providers;

/// <summary>Streams through queues in the memory of the silos.</summary>
internal sealed class MemoryAdapterFactory(
    string name, HashRingStreamQueueMapperOptions options, IGrainFactory grainFactory, TimeProvider time)
    : IQueueAdapterFactory, IQueueAdapter, IQueueAdapterCache
{
    private readonly HashRingStreamQueueMapper _mapper = new(options.TotalQueueCount, name);

    public string Name => name;

    public bool IsRewindable => true;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());

    public IQueueCache CreateQueueCache(QueueId queueId) => new MemoryQueueCache(time);

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => new Receiver(QueueGrain(queueId));

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token,
        Dictionary<string, object>? requestContext) =>
        QueueGrain(_mapper.GetQueueForStream(streamId)).Enqueue(
            new MemoryBatch(streamId, [.. events.Cast<object>()], requestContext));

    private IMemoryStreamQueueGrain QueueGrain(QueueId queue) =>
        grainFactory.GetGrain<IMemoryStreamQueueGrain>(queue.ToStringWithHashCode());

    private sealed class Receiver(IMemoryStreamQueueGrain queue) : IQueueAdapterReceiver
    {
        private const int MostAtOnce = 1000;

        public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

        public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
        {
            var count = maxCount < 0 ? MostAtOnce : Math.Min(maxCount, MostAtOnce);
            return [.. await queue.Dequeue(count)];
        }

        public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

        public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;
    }
}

/// <summary>Spreads streams over queues by their hash.</summary>
internal sealed class HashRingStreamQueueMapper : IStreamQueueMapper
{
    private readonly QueueId[] _ring;

    public HashRingStreamQueueMapper(int count, string prefix)
    {
        if (count < 1)
            throw new ArgumentException("TotalQueueCount must be at least 1");
        var share = (uint)((uint.MaxValue / count) + 1);
        _ring = [.. Enumerable.Range(0, count)
            .Select(i => QueueId.GetQueueId(prefix, (uint)i, unchecked(share * (uint)i)))];
    }

    public IEnumerable<QueueId> GetAllQueues() => _ring;

    public QueueId GetQueueForStream(StreamId streamId) => _ring[(uint)streamId.GetHashCode() % (uint)_ring.Length];
}
