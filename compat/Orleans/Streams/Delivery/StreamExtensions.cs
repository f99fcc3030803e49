using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>What agents call on the grain or client that has subscribed.</summary>
internal interface IStreamConsumerExtension : IGrainExtension, IGrainObserver
{
    /// <summary>Delivers a batch; answers null when taken, or the place where delivery should go on instead.</summary>
    Task<StreamHandshakeToken?> DeliverBatch(
        Guid subscriptionId, string providerName, StreamId streamId, IBatchContainer batch,
        StreamHandshakeToken? handshake);

    /// <summary>Tells the observer that an event was given up.</summary>
    Task ErrorInStream(Guid subscriptionId, Exception error);

    /// <summary>Where the subscription wants to begin; null for anywhere.</summary>
    Task<StreamHandshakeToken?> GetSequenceToken(Guid subscriptionId);
}

/// <summary>What the register of subscriptions calls on the silos that deliver a stream.</summary>
internal interface IStreamProducerExtension : IGrainObserver
{
    /// <summary>A subscription has begun.</summary>
    Task AddSubscriber(StreamId streamId, StreamSubscriptionRecord subscription);

    /// <summary>A subscription has ended.</summary>
    Task RemoveSubscriber(StreamId streamId, Guid subscriptionId);
}

/// <summary>A subscription as it is stored: plain, so that every storage can carry it.</summary>
[GenerateSerializer]
internal sealed class StreamSubscriptionRecord
{
    [Id(0)]
    public Guid SubscriptionId { get; set; }

    /// <summary>The grain or the client's object that is subscribed, as text.</summary>
    [Id(1)]
    public string Consumer { get; set; } = "";

    [Id(2)]
    public string? FilterData { get; set; }

    [Id(3)]
    public bool IsFaulted { get; set; }
}
