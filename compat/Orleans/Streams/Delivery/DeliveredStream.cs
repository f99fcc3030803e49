using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A stream that an agent delivers, with its subscriptions.</summary>
internal sealed class DeliveredStream(StreamId id, DateTimeOffset now)
{
    private readonly Dictionary<Guid, DeliveredSubscription> _subscriptions = [];

    public StreamId Id => id;

    public DateTimeOffset LastActivity { get; set; } = now;

    public IEnumerable<DeliveredSubscription> Subscriptions => _subscriptions.Values;

    public DeliveredSubscription GetOrAdd(Guid subscriptionId, Func<DeliveredSubscription> create)
    {
        if (!_subscriptions.TryGetValue(subscriptionId, out var known))
            _subscriptions[subscriptionId] = known = create();
        return known;
    }

    public void Remove(Guid subscriptionId)
    {
        if (_subscriptions.Remove(subscriptionId, out var subscription))
            subscription.End();
    }

    public void Clear()
    {
        foreach (var subscription in _subscriptions.Values)
            subscription.End();
        _subscriptions.Clear();
    }
}

/// <summary>How far a subscription has come.</summary>
internal sealed class DeliveredSubscription(Guid id, IStreamConsumerExtension consumer)
{
    public Guid Id => id;

    public IStreamConsumerExtension Consumer => consumer;

    public IQueueCacheCursor? Cursor { get; private set; }

    /// <summary>What was agreed with the subscription, to be said with the next delivery.</summary>
    public StreamHandshakeToken? LastToken { get; set; }

    /// <summary>The first event that came while the subscription was still beginning.</summary>
    public StreamSequenceToken? PendingStart { get; set; }

    /// <summary>Whether delivery may run.</summary>
    public bool IsReady { get; set; }

    /// <summary>Whether delivery runs now.</summary>
    public bool IsDelivering { get; set; }

    public bool HasEnded { get; private set; }

    public void MoveTo(IQueueCacheCursor cursor)
    {
        Cursor?.Dispose();
        Cursor = cursor;
    }

    public void End()
    {
        HasEnded = true;
        Cursor?.Dispose();
        Cursor = null;
    }
}
