using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Events of one stream that are delivered together.</summary>
public interface IBatchContainer
{
    /// <summary>The stream.</summary>
    StreamId StreamId { get; }

    /// <summary>The place of the batch in its queue.</summary>
    StreamSequenceToken SequenceToken { get; }

    /// <summary>The events of a type, each with its place.</summary>
    IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>();

    /// <summary>Sets the request context of the producer; false when it had none.</summary>
    bool ImportRequestContext();
}

/// <summary>Batches that are delivered together.</summary>
public interface IBatchContainerBatch : IBatchContainer
{
    /// <summary>The batches, oldest first.</summary>
    List<IBatchContainer> BatchContainers { get; }
}

/// <inheritdoc cref="IBatchContainerBatch"/>
[GenerateSerializer]
public sealed class BatchContainerBatch : IBatchContainerBatch
{
    /// <summary>Joins batches of one stream; there must be one at least.</summary>
    public BatchContainerBatch(List<IBatchContainer> batchContainers)
    {
        if (batchContainers is not { Count: > 0 })
            throw new ArgumentNullException(nameof(batchContainers));
        BatchContainers = batchContainers;
        SequenceToken = batchContainers[0].SequenceToken;
        StreamId = batchContainers[0].StreamId;
    }

    /// <inheritdoc/>
    [Id(0)]
    public StreamId StreamId { get; }

    /// <inheritdoc/>
    [Id(1)]
    public StreamSequenceToken SequenceToken { get; }

    /// <inheritdoc/>
    [Id(2)]
    public List<IBatchContainer> BatchContainers { get; }

    /// <inheritdoc/>
    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        BatchContainers.SelectMany(b => b.GetEvents<T>());

    /// <inheritdoc/>
    public bool ImportRequestContext() => BatchContainers[0].ImportRequestContext();
}
