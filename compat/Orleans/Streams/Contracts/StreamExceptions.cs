using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>The place that a subscription asks for is not to be had.</summary>
[GenerateSerializer]
public class DataNotAvailableException : OrleansException
{
    /// <summary>With a general text.</summary>
    public DataNotAvailableException()
        : this("Data not found")
    {
    }

    /// <summary>With this text.</summary>
    public DataNotAvailableException(string message)
        : base(message)
    {
    }

    /// <summary>With this text and cause.</summary>
    public DataNotAvailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>The place that a subscription asks for has left the cache.</summary>
[GenerateSerializer]
public sealed class QueueCacheMissException : DataNotAvailableException
{
    /// <summary>With a general text.</summary>
    public QueueCacheMissException()
        : this("Item no longer in cache")
    {
    }

    /// <summary>With this text.</summary>
    public QueueCacheMissException(string message)
        : base(message)
    {
    }

    /// <summary>The place asked for and the range that the cache holds.</summary>
    public QueueCacheMissException(StreamSequenceToken requested, StreamSequenceToken low, StreamSequenceToken high)
        : this(requested.ToString(), low.ToString(), high.ToString())
    {
    }

    /// <summary>The place asked for and the range that the cache holds.</summary>
    public QueueCacheMissException(string? requested, string? low, string? high)
        : base($"Item not found in cache.  Requested: {requested}, Low: {low}, High: {high}")
    {
        Requested = requested;
        Low = low;
        High = high;
    }

    /// <summary>The place asked for.</summary>
    [Id(0)]
    public string? Requested { get; private set; }

    /// <summary>The oldest place held.</summary>
    [Id(1)]
    public string? Low { get; private set; }

    /// <summary>The newest place held.</summary>
    [Id(2)]
    public string? High { get; private set; }
}

/// <summary>An event was given up after its delivery had failed for too long.</summary>
[GenerateSerializer]
public class StreamEventDeliveryFailureException : OrleansException
{
    /// <summary>With a general text.</summary>
    public StreamEventDeliveryFailureException()
        : base("Stream provider failed to deliver an event.  StreamProvider:")
    {
    }

    /// <summary>With this text.</summary>
    public StreamEventDeliveryFailureException(string message)
        : base(message)
    {
    }

    /// <summary>With this text and cause.</summary>
    public StreamEventDeliveryFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal StreamEventDeliveryFailureException(string providerName, StreamId streamId)
        : base($"Stream provider failed to deliver an event.  StreamProvider:{providerName}  Stream:{streamId}")
    {
    }
}

/// <summary>The subscription has failed and was ended.</summary>
[GenerateSerializer]
public sealed class FaultedSubscriptionException : OrleansException
{
    /// <summary>With a general text.</summary>
    public FaultedSubscriptionException()
        : base("Subscription is in a Faulted state.")
    {
    }

    /// <summary>With this text.</summary>
    public FaultedSubscriptionException(string message)
        : base(message)
    {
    }

    /// <summary>With this text and cause.</summary>
    public FaultedSubscriptionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal FaultedSubscriptionException(GuidId subscriptionId, string stream)
        : base($"Subscription is in a Faulted state.  Subscription:{subscriptionId}, Stream:{stream}")
    {
    }
}
