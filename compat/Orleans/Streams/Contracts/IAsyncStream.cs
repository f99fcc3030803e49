using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Receives the events of a stream one by one.</summary>
public interface IAsyncObserver<in T>
{
    /// <summary>
    /// Takes an event; the next one comes when the task has completed. A failure makes it come again.
    /// </summary>
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    /// <summary>Hears that the stream has ended.</summary>
    Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>Hears that an event was given up, or that the subscription failed.</summary>
    Task OnErrorAsync(Exception ex);
}

/// <summary>An event with its place.</summary>
[GenerateSerializer]
public class SequentialItem<T>(T item, StreamSequenceToken token)
{
    /// <summary>The event.</summary>
    [Id(0)]
    public T Item { get; } = item;

    /// <summary>Its place.</summary>
    [Id(1)]
    public StreamSequenceToken Token { get; } = token;
}

/// <summary>Receives the events of a stream in batches.</summary>
public interface IAsyncBatchObserver<T>
{
    /// <summary>Takes a batch; the next one comes when the task has completed. A failure makes it come again.</summary>
    Task OnNextAsync(IList<SequentialItem<T>> items);

    /// <summary>Hears that the stream has ended.</summary>
    Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>Hears that an event was given up, or that the subscription failed.</summary>
    Task OnErrorAsync(Exception ex);
}

/// <summary>Where to subscribe to events one by one.</summary>
public interface IAsyncObservable<T>
{
    /// <summary>Delivers the events from now on to the observer, in the grain or the client that subscribes.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);

    /// <summary>Delivers the events from a place on; a stream that cannot be rewound takes null only.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null);
}

/// <summary>Where to subscribe to events in batches.</summary>
public interface IAsyncBatchObservable<T>
{
    /// <summary>Delivers the events from now on to the observer.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer);

    /// <summary>Delivers the events from a place on; a stream that cannot be rewound takes null only.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token);
}

/// <summary>Where to put events.</summary>
public interface IAsyncBatchProducer<T> : IAsyncObserver<T>
{
    /// <summary>Puts events that stay together in one batch.</summary>
    Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null);
}

/// <summary>A stream, whatever its events are.</summary>
public interface IAsyncStream
{
    /// <summary>Whether a subscription can begin at a place of its choice.</summary>
    bool IsRewindable { get; }

    /// <summary>The provider.</summary>
    string ProviderName { get; }

    /// <summary>The identity within the provider.</summary>
    StreamId StreamId { get; }
}

/// <summary>A stream of events of type <typeparamref name="T"/>.</summary>
public interface IAsyncStream<T> :
    IAsyncStream,
    IEquatable<IAsyncStream<T>>,
    IComparable<IAsyncStream<T>>,
    IAsyncObservable<T>,
    IAsyncBatchObservable<T>,
    IAsyncBatchProducer<T>
{
    /// <summary>
    /// The subscriptions that the calling grain or client holds, also those of an earlier activation.
    /// </summary>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}
