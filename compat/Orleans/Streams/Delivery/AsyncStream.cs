using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>
/// A stream as a value: provider and identity. It can be sent; the receiver uses its own provider of that name.
/// </summary>
[GenerateSerializer, Immutable]
internal sealed class AsyncStream<T>(PersistentStreamProvider provider, StreamId streamId) : IAsyncStream<T>
{
    private readonly PersistentStreamProvider? _origin = provider;

    [Id(0)]
    public string ProviderName { get; } = provider.Name;

    [Id(1)]
    public StreamId StreamId { get; } = streamId;

    public bool IsRewindable => Provider.IsRewindable;

    private PersistentStreamProvider Provider =>
        RuntimeContext.Current?.ActivationServices.GetKeyedService<IStreamProvider>(ProviderName)
            as PersistentStreamProvider
        ?? _origin
        ?? throw new InvalidOperationException($"Stream {this} was read from bytes: outside grains, find it anew.");

    public Task OnNextAsync(T item, StreamSequenceToken? token = null) =>
        WritableAdapter().QueueMessageAsync(StreamId, item, token, ExportRequestContext());

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null) =>
        WritableAdapter().QueueMessageBatchAsync(StreamId, batch, token, ExportRequestContext());

    public Task OnCompletedAsync() => throw new NotSupportedException("Streams over queues do not end.");

    public Task OnErrorAsync(Exception ex) =>
        throw new NotSupportedException("Streams over queues carry no errors.");

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) =>
        SubscribeAsync(observer, null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null) =>
        SubscribeAsync(observer, null, token, filterData);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer) =>
        SubscribeAsync(observer, null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncBatchObserver<T> observer, StreamSequenceToken? token) =>
        SubscribeAsync(null, observer, token, null);

    public async Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles()
    {
        var (_, consumer) = Provider.Consumers.Current();
        var ids = await Provider.PubSub.For(StreamId).GetSubscriptions(consumer);
        return [.. ids.Select(id => new StreamSubscription<T>(id, this))];
    }

    public Task<StreamSubscriptionHandle<T>> ResumeAsync(
        StreamSubscription<T> handle, IAsyncObserver<T>? observer, IAsyncBatchObserver<T>? batchObserver,
        StreamSequenceToken? token)
    {
        CheckToken(token);
        var (extension, _) = Provider.Consumers.Current();
        var resumed = new StreamSubscription<T>(handle.HandleId, this, observer, batchObserver, token);
        extension.Attach(handle.HandleId, resumed);
        handle.Invalidate();
        return Task.FromResult<StreamSubscriptionHandle<T>>(resumed);
    }

    public async Task UnsubscribeAsync(StreamSubscription<T> handle)
    {
        var (extension, _) = Provider.Consumers.Current();
        extension.Detach(handle.HandleId);
        await Provider.PubSub.For(StreamId).UnregisterConsumer(StreamId, handle.HandleId);
        handle.Invalidate();
    }

    public bool Equals(IAsyncStream<T>? other) =>
        other is not null && other.ProviderName == ProviderName && other.StreamId == StreamId;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => StreamId.GetHashCode();

    public int CompareTo(IAsyncStream<T>? other)
    {
        if (other is null)
            return 1;
        var byProvider = string.CompareOrdinal(ProviderName, other.ProviderName);
        return byProvider != 0 ? byProvider : StreamId.CompareTo(other.StreamId);
    }

    public override string ToString() => $"{ProviderName}/{StreamId}";

    private static Dictionary<string, object>? ExportRequestContext() =>
        RequestContext.Current is { Count: > 0 } context ? new(context) : null;

    private async Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncObserver<T>? observer, IAsyncBatchObserver<T>? batchObserver, StreamSequenceToken? token,
        string? filterData)
    {
        CheckToken(token);
        if (observer is GrainReference || batchObserver is GrainReference)
            throw new ArgumentException(
                "On-behalf subscription via grain references is not supported. Only passing of object references is"
                + " allowed.",
                nameof(observer));
        var provider = Provider;
        var (extension, consumer) = provider.Consumers.Current();
        var id = Guid.NewGuid();
        var subscription = new StreamSubscription<T>(id, this, observer, batchObserver, token);

        // Attached first: the first event may come before the registration has returned.
        extension.Attach(id, subscription);
        try
        {
            await provider.PubSub.For(StreamId).RegisterConsumer(
                StreamId, new() { SubscriptionId = id, Consumer = consumer, FilterData = filterData });
        }
        catch
        {
            extension.Detach(id);
            throw;
        }

        return subscription;
    }

    private void CheckToken(StreamSequenceToken? token)
    {
        if (token is not null && !IsRewindable)
            throw new ArgumentNullException(
                nameof(token), "Passing a non-null token to a non-rewindable IAsyncObservable.");
    }

    private IQueueAdapter WritableAdapter()
    {
        var adapter = Provider.Adapter;
        return adapter.Direction == StreamProviderDirection.ReadOnly
            ? throw new InvalidOperationException($"Stream provider {adapter.Name} is ReadOnly.")
            : adapter;
    }
}
