using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Makes the caches between queues and subscriptions.</summary>
public interface IQueueAdapterCache
{
    /// <summary>The cache of a queue.</summary>
    IQueueCache CreateQueueCache(QueueId queueId);
}

/// <summary>Says how many messages fit.</summary>
public interface IQueueFlowController
{
    /// <summary>How many messages may be added now; -1 for any number.</summary>
    int GetMaxAddCount();
}

/// <summary>
/// Holds the messages of a queue until every subscription has taken them. Used by one agent, one call at a time.
/// </summary>
public interface IQueueCache : IQueueFlowController
{
    /// <summary>Takes messages from the queue.</summary>
    void AddToCache(IList<IBatchContainer> messages);

    /// <summary>Gives messages up that no subscription needs any more.</summary>
    bool TryPurgeFromCache([MaybeNullWhen(false)] out IList<IBatchContainer> purgedItems);

    /// <summary>A reader of a stream, from a place on; null is from now on.</summary>
    /// <exception cref="QueueCacheMissException">The place is no longer held.</exception>
    IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token);

    /// <summary>Whether the queue should not be read now.</summary>
    bool IsUnderPressure();

    /// <summary>Hears up to which place every subscription has come.</summary>
    void UpdateDeliveryProgress(StreamSequenceToken? earliestSubscriptionToken, DateTime utcNow)
    {
    }
}

/// <summary>Reads the messages of one stream in a cache for one subscription.</summary>
public interface IQueueCacheCursor : IDisposable
{
    /// <summary>The message that <see cref="MoveNext"/> found.</summary>
    IBatchContainer? GetCurrent(out Exception? exception);

    /// <summary>Goes to the next message; false when there is none yet.</summary>
    bool MoveNext();

    /// <summary>Hears that messages have come, the first of them at this place.</summary>
    void Refresh(StreamSequenceToken token);

    /// <summary>Hears that the current message could not be delivered.</summary>
    void RecordDeliveryFailure();
}
