using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Hears of events that could not be delivered.</summary>
public interface IStreamFailureHandler
{
    /// <summary>Whether a subscription that failed is ended.</summary>
    bool ShouldFaultSubsriptionOnError { get; }

    /// <summary>An event was given up.</summary>
    Task OnDeliveryFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken);

    /// <summary>A subscription could not begin.</summary>
    Task OnSubscriptionFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken);
}

/// <summary>Lets failures pass.</summary>
public class NoOpStreamDeliveryFailureHandler(bool faultOnError) : IStreamFailureHandler
{
    /// <summary>Lets failures pass and keeps the subscription.</summary>
    public NoOpStreamDeliveryFailureHandler()
        : this(false)
    {
    }

    /// <inheritdoc/>
    public bool ShouldFaultSubsriptionOnError { get; } = faultOnError;

    /// <inheritdoc/>
    public Task OnDeliveryFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity,
        StreamSequenceToken? sequenceToken) =>
        Task.CompletedTask;

    /// <inheritdoc/>
    public Task OnSubscriptionFailure(
        GuidId subscriptionId, string streamProviderName, StreamId streamIdentity,
        StreamSequenceToken? sequenceToken) =>
        Task.CompletedTask;
}
