using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>The parts of the push stream provider of one silo: a single queue that never leaves it. The publishers of a
/// silo write to its queue, the pulling agent of the same silo waits on it and delivers.</summary>
internal sealed class PushAdapterFactory : IQueueAdapterFactory, IQueueAdapterCache, IStreamQueueMapper
{
    private readonly PushQueue _queue;
    private readonly TimeProvider _time;

    public PushAdapterFactory(string name, ILocalSiloDetails silo, TimeProvider time)
    {
        var address = silo.SiloAddress;
        LocalQueue = QueueId.GetQueueId(
            $"{name}-{address.ToParsableString()}", 0, (uint)address.GetConsistentHashCode());
        _queue = new PushQueue(name, time.GetUtcNow().UtcTicks);
        _time = time;
    }

    /// <summary>The one queue of this silo.</summary>
    public QueueId LocalQueue { get; }

    /// <summary>Batches on their way to listeners.</summary>
    public long Outstanding => _queue.Outstanding;

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(_queue);

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => this;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());

    public IQueueCache CreateQueueCache(QueueId queueId) => new PushCache(_time, _queue.Release);

    public IEnumerable<QueueId> GetAllQueues() => [LocalQueue];

    public QueueId GetQueueForStream(StreamId streamId) => LocalQueue;
}
