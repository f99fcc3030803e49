using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>The subscriptions that have an observer in one activation, or in one client.</summary>
internal sealed class StreamConsumerExtension(ILogger logger) : IStreamConsumerExtension
{
    private readonly ConcurrentDictionary<Guid, IStreamSubscription> _subscriptions = new();

    public void Attach(Guid id, IStreamSubscription subscription) => _subscriptions[id] = subscription;

    public void Detach(Guid id) => _subscriptions.TryRemove(id, out _);

    public Task<StreamHandshakeToken?> DeliverBatch(
        Guid subscriptionId, string providerName, StreamId streamId, IBatchContainer batch,
        StreamHandshakeToken? handshake)
    {
        if (_subscriptions.TryGetValue(subscriptionId, out var subscription))
            return subscription.DeliverBatch(batch, handshake);

        // Normal right after a subscription ended, and for an activation that did not resume its subscriptions.
        logger.LogWarning(
            "A batch of {Provider} {Stream} for subscription {Subscription} is dropped: nobody listens here",
            providerName, streamId, subscriptionId);
        return Task.FromResult<StreamHandshakeToken?>(null);
    }

    public Task ErrorInStream(Guid subscriptionId, Exception error) =>
        _subscriptions.TryGetValue(subscriptionId, out var subscription)
            ? subscription.ErrorInStream(error)
            : Task.CompletedTask;

    public Task<StreamHandshakeToken?> GetSequenceToken(Guid subscriptionId) =>
        Task.FromResult(_subscriptions.GetValueOrDefault(subscriptionId)?.ExpectedToken);
}

/// <summary>
/// Finds where the calling code takes part in streams: its activation, or the silo or client around it.
/// </summary>
internal sealed class StreamConsumers(GrainCaller caller, ILogger<StreamConsumerExtension> logger)
{
    private readonly Lock _gate = new();
    private StreamConsumerExtension? _extension;
    private string? _address;

    /// <summary>The extension of the calling code, and the identity under which it is subscribed.</summary>
    public (StreamConsumerExtension Extension, string Consumer) Current()
    {
        if (RuntimeContext.Current is not { } activation)
            return OutsideGrains();
        if (activation.GetComponent<IStreamConsumerExtension>() is not StreamConsumerExtension extension)
            activation.SetComponent<IStreamConsumerExtension>(extension = new StreamConsumerExtension(logger));
        return (extension, activation.GrainId.ToString());
    }

    private (StreamConsumerExtension Extension, string Consumer) OutsideGrains()
    {
        lock (_gate)
        {
            if (_extension is null)
            {
                _extension = new StreamConsumerExtension(logger);
                _address = caller.Observers.Create<IStreamConsumerExtension>(_extension).GetGrainId().ToString();
            }

            return (_extension, _address!);
        }
    }
}
