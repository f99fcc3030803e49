using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Core;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Streams;

/// <summary>Keeps who subscribes to a stream and who delivers it. Its key is provider and stream.</summary>
internal interface IPubSubRendezvousGrain : IGrainWithStringKey
{
    /// <summary>A silo begins to deliver; answers the subscriptions there are.</summary>
    Task<List<StreamSubscriptionRecord>> RegisterProducer(StreamId streamId, string producer);

    /// <summary>A silo delivers no more.</summary>
    Task UnregisterProducer(string producer);

    /// <summary>A subscription begins; those who deliver know of it when this returns.</summary>
    Task RegisterConsumer(StreamId streamId, StreamSubscriptionRecord subscription);

    /// <summary>A subscription ends.</summary>
    Task UnregisterConsumer(StreamId streamId, Guid subscriptionId);

    /// <summary>The subscriptions of one consumer.</summary>
    Task<List<Guid>> GetSubscriptions(string consumer);

    /// <summary>A subscription has failed for good.</summary>
    Task FaultSubscription(Guid subscriptionId);
}

/// <summary>What the register of a stream stores.</summary>
[GenerateSerializer]
internal sealed class PubSubGrainState
{
    [Id(0)]
    public List<string> Producers { get; set; } = [];

    [Id(1)]
    public List<StreamSubscriptionRecord> Consumers { get; set; } = [];
}

/// <inheritdoc cref="IPubSubRendezvousGrain"/>
[GrainType("pubsubrendezvous")]
internal sealed class PubSubRendezvousGrain : Grain, IPubSubRendezvousGrain
{
    private readonly IStorage<PubSubGrainState> _storage;
    private readonly ILogger<PubSubRendezvousGrain> _logger;
    private readonly GrainCaller _caller;

    public PubSubRendezvousGrain(ILogger<PubSubRendezvousGrain> logger, GrainCaller caller)
    {
        _logger = logger;
        _caller = caller;
        var key = this.GetPrimaryKeyString();
        var provider = key[..key.IndexOf('/', StringComparison.Ordinal)];
        var hasOwnStore = ServiceProvider.GetKeyedService<IGrainStorage>(provider) is not null;
        _storage = new PersistentStateFactory().Create<PubSubGrainState>(
            GrainContext,
            new PersistentStateAttribute(
                nameof(PubSubRendezvousGrain),
                hasOwnStore ? provider : ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME));
    }

    private PubSubGrainState State => _storage.State;

    public async Task<List<StreamSubscriptionRecord>> RegisterProducer(StreamId streamId, string producer)
    {
        if (!State.Producers.Contains(producer))
        {
            State.Producers.Add(producer);
            await SaveAsync();
        }

        return [.. State.Consumers.Where(c => !c.IsFaulted)];
    }

    public async Task UnregisterProducer(string producer)
    {
        if (State.Producers.Remove(producer))
            await SaveAsync();
    }

    public async Task RegisterConsumer(StreamId streamId, StreamSubscriptionRecord subscription)
    {
        var known = State.Consumers.Find(c => c.SubscriptionId == subscription.SubscriptionId);
        if (known is { IsFaulted: true })
            throw new FaultedSubscriptionException(GuidId.GetGuidId(known.SubscriptionId), streamId.ToString());
        if (known is null)
            State.Consumers.Add(subscription);
        await SaveAsync();
        await TellProducersAsync(p => p.AddSubscriber(streamId, subscription));
    }

    public async Task UnregisterConsumer(StreamId streamId, Guid subscriptionId)
    {
        if (State.Consumers.RemoveAll(c => c.SubscriptionId == subscriptionId) > 0)
            await SaveAsync();
        await TellProducersAsync(p => p.RemoveSubscriber(streamId, subscriptionId));
    }

    public Task<List<Guid>> GetSubscriptions(string consumer) => Task.FromResult<List<Guid>>(
        [.. State.Consumers.Where(c => !c.IsFaulted && c.Consumer == consumer).Select(c => c.SubscriptionId)]);

    public async Task FaultSubscription(Guid subscriptionId)
    {
        if (State.Consumers.Find(c => c.SubscriptionId == subscriptionId) is not { } found)
            return;
        found.IsFaulted = true;
        await SaveAsync();
    }

    private async Task TellProducersAsync(Func<IStreamProducerExtension, Task> tell)
    {
        var gone = await Task.WhenAll(State.Producers.Select(async p => await IsGoneAsync(p, tell) ? p : null));
        if (State.Producers.RemoveAll(gone.Contains) > 0)
            await SaveAsync();
    }

    private async Task<bool> IsGoneAsync(string producer, Func<IStreamProducerExtension, Task> tell)
    {
        try
        {
            await tell((IStreamProducerExtension)(object)_caller.References.Create(
                GrainId.Parse(producer), typeof(IStreamProducerExtension)));
            return false;
        }
        catch (Exception gone) when (gone is ClientNotAvailableException or OrleansMessageRejectionException)
        {
            _logger.LogWarning(gone, "Producer {Producer} of {Stream} is gone", producer, this.GetPrimaryKeyString());
            return true;
        }
    }

    private async Task SaveAsync()
    {
        try
        {
            await (State is { Producers: [], Consumers: [] } ? _storage.ClearStateAsync() : _storage.WriteStateAsync());
        }
        catch
        {
            // What is in memory was not stored: the next activation begins with what was.
            DeactivateOnIdle();
            throw;
        }
    }
}

/// <summary>The way to the registers of the streams of one provider.</summary>
internal sealed class StreamPubSub(IGrainFactory grainFactory, string providerName)
{
    /// <summary>The register of a stream.</summary>
    public IPubSubRendezvousGrain For(StreamId streamId) =>
        grainFactory.GetGrain<IPubSubRendezvousGrain>($"{providerName}/{streamId}");
}
