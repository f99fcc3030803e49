using Orleans.Runtime;

#pragma warning disable CA1067 // The one kind of handle overrides Equals, as in Orleans.
namespace Orleans.Streams;

/// <summary>A subscription; it lasts until it is ended, also beyond the activation that made it.</summary>
[GenerateSerializer]
public abstract class StreamSubscriptionHandle<T> : IEquatable<StreamSubscriptionHandle<T>>
{
    /// <summary>The stream.</summary>
    public abstract StreamId StreamId { get; }

    /// <summary>The stream's provider.</summary>
    public abstract string ProviderName { get; }

    /// <summary>The identity of the subscription.</summary>
    public abstract Guid HandleId { get; }

    /// <summary>Ends the subscription; the handle is of no further use.</summary>
    public abstract Task UnsubscribeAsync();

    /// <summary>
    /// Attaches an observer to the subscription, instead of the one it has; use the new handle from then on.
    /// </summary>
    public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token = null);

    /// <summary>Attaches an observer of batches to the subscription; use the new handle from then on.</summary>
    public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(
        IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null);

    /// <inheritdoc/>
    public abstract bool Equals(StreamSubscriptionHandle<T>? other);
}
