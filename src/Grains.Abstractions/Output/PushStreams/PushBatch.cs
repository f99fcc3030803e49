using Orleans.Concurrency;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>One <see cref="OutputBatch"/> on its way through the stream: exactly one event, never copied, no request
/// context.</summary>
/// <param name="StreamId">The frontend's stream.</param>
/// <param name="Batch">The event.</param>
/// <param name="Token">Rises with every batch of one silo.</param>
[GenerateSerializer, Immutable, Alias("agenticos.push-batch")]
public sealed record PushBatch(
    [property: Id(0)] StreamId StreamId,
    [property: Id(1)] OutputBatch Batch,
    [property: Id(2)] EventSequenceTokenV2 Token) : IBatchContainer
{
    /// <inheritdoc/>
    public StreamSequenceToken SequenceToken => Token;

    /// <inheritdoc/>
    public bool ImportRequestContext() => false;

    /// <inheritdoc/>
    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        Batch is T item ? [Tuple.Create(item, SequenceToken)] : [];
}
