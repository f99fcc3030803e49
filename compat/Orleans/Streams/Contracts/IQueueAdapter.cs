using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>What a provider can do with its queues.</summary>
public enum StreamProviderDirection
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Only read.</summary>
    ReadOnly,

    /// <summary>Only write.</summary>
    WriteOnly,

    /// <summary>Read and write.</summary>
    ReadWrite,
}

/// <summary>Makes the parts of a stream provider. One per silo or client.</summary>
public interface IQueueAdapterFactory
{
    /// <summary>The way to the queues.</summary>
    [Obsolete("Use the overload which accepts a CancellationToken.")]
    Task<IQueueAdapter> CreateAdapter();

#pragma warning disable CS0618 // The older method stays the one that must be implemented.
    /// <summary>The way to the queues.</summary>
    Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken) => CreateAdapter();
#pragma warning restore CS0618

    /// <summary>Makes the caches between queues and subscriptions.</summary>
    IQueueAdapterCache GetQueueAdapterCache();

    /// <summary>Says which queue a stream goes through.</summary>
    IStreamQueueMapper GetStreamQueueMapper();

    /// <summary>Hears of events that could not be delivered.</summary>
    Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId);
}

/// <summary>The way to the queues of a provider.</summary>
public interface IQueueAdapter
{
    /// <summary>The provider's name.</summary>
    string Name { get; }

    /// <summary>Whether old events can be delivered again.</summary>
    bool IsRewindable { get; }

    /// <summary>Whether this side reads, writes or both.</summary>
    StreamProviderDirection Direction { get; }

    /// <summary>Puts events of a stream into its queue, as one batch.</summary>
    Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token,
        Dictionary<string, object>? requestContext);

    /// <summary>Makes what reads a queue.</summary>
    IQueueAdapterReceiver CreateReceiver(QueueId queueId);
}

/// <summary>Extends <see cref="IQueueAdapter"/>.</summary>
public static class QueueAdapterExtensions
{
    /// <summary>Puts one event into the queue of its stream.</summary>
    public static Task QueueMessageAsync<T>(
        this IQueueAdapter adapter,
        StreamId streamId,
        T evt,
        StreamSequenceToken? token,
        Dictionary<string, object>? requestContext) =>
        adapter.QueueMessageBatchAsync(streamId, [evt], token, requestContext);
}

/// <summary>Reads one queue, for one agent.</summary>
public interface IQueueAdapterReceiver
{
    /// <summary>Prepares to read.</summary>
    Task Initialize(TimeSpan timeout);

    /// <summary>The next messages, at most this many; none when the queue is empty. May wait for one to come.</summary>
    [Obsolete("Use the overload which accepts a CancellationToken.")]
    Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount);

#pragma warning disable CS0618 // The older methods stay the ones that must be implemented.
    /// <summary>The next messages, at most this many; none when the queue is empty. May wait for one to come.</summary>
    Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken) =>
        GetQueueMessagesAsync(maxCount);

    /// <summary>Hears which messages every subscription has taken.</summary>
    Task MessagesDeliveredAsync(IList<IBatchContainer> messages, CancellationToken cancellationToken) =>
        MessagesDeliveredAsync(messages);
#pragma warning restore CS0618

    /// <summary>Hears which messages every subscription has taken.</summary>
    [Obsolete("Use the overload which accepts a CancellationToken.")]
    Task MessagesDeliveredAsync(IList<IBatchContainer> messages);

    /// <summary>Ends reading.</summary>
    Task Shutdown(TimeSpan timeout);
}

/// <summary>Says which queue a stream goes through.</summary>
public interface IStreamQueueMapper
{
    /// <summary>Every queue of the provider.</summary>
    IEnumerable<QueueId> GetAllQueues();

    /// <summary>The queue of a stream.</summary>
    QueueId GetQueueForStream(StreamId streamId);
}

/// <summary>Constants of <see cref="IQueueAdapter"/>.</summary>
public static class QueueAdapterConstants
{
    /// <summary>Read as many messages as there are.</summary>
    public const int UNLIMITED_GET_QUEUE_MSG = -1;
}
