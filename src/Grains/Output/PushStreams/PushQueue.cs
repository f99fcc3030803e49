using System.Threading.Channels;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>The silo's queue: bounded, in order, and only for <see cref="OutputBatch"/>.</summary>
/// <param name="name">The provider's name.</param>
/// <param name="firstToken">Where sequence tokens begin; later than those of an earlier life of the silo.</param>
internal sealed class PushQueue(string name, long firstToken) : IQueueAdapter
{
    private readonly Channel<IBatchContainer> _batches = Channel.CreateBounded<IBatchContainer>(
        new BoundedChannelOptions(PushLimits.QueuedBatches) { SingleReader = true });

    private long _lastToken = firstToken;
    private long _outstanding;

    /// <summary>Batches that were taken and not yet delivered to, or given up for, everybody.</summary>
    public long Outstanding => Interlocked.Read(ref _outstanding);

    /// <summary>Told by the cache that it let go of batches.</summary>
    public void Release(int batches) => Interlocked.Add(ref _outstanding, -batches);

    public string Name => name;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => new PushReceiver(_batches.Reader);

    public async Task QueueMessageBatchAsync<T>(
        StreamId streamId,
        IEnumerable<T> events,
        StreamSequenceToken? token,
        Dictionary<string, object>? requestContext)
    {
        foreach (var item in events)
        {
            if (item is not OutputBatch batch)
                throw new NotSupportedException($"'{name}' carries {nameof(OutputBatch)}, not {typeof(T).Name}.");
            Interlocked.Increment(ref _outstanding);
            var number = Interlocked.Increment(ref _lastToken);
            await _batches.Writer.WriteAsync(new PushBatch(streamId, batch, new EventSequenceTokenV2(number)));
        }
    }
}
