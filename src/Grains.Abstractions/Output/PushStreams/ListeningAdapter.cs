using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>The client's end of the output streams: it can subscribe, and that is all. A silo owns the
/// queues.</summary>
internal sealed class ListeningAdapter(string name) : IQueueAdapterFactory, IQueueAdapter
{
    public string Name => name;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.WriteOnly;

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => throw OnlySilos();

    public IStreamQueueMapper GetStreamQueueMapper() => throw OnlySilos();

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => throw OnlySilos();

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId,
        IEnumerable<T> events,
        StreamSequenceToken? token,
        Dictionary<string, object>? requestContext) =>
        Task.FromException(OnlySilos());

    private static NotSupportedException OnlySilos() => new("Only a silo produces output; a client listens.");
}
