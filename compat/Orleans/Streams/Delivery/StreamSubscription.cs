using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A subscription at the side of the consumer, whatever its events are.</summary>
internal interface IStreamSubscription
{
    Task<StreamHandshakeToken?> DeliverBatch(IBatchContainer batch, StreamHandshakeToken? handshake);

    Task ErrorInStream(Exception error);

    StreamHandshakeToken? ExpectedToken { get; }
}

/// <summary>The handle of a subscription; with an observer, the place where its events arrive.</summary>
[GenerateSerializer]
internal sealed class StreamSubscription<T> : StreamSubscriptionHandle<T>, IStreamSubscription
{
    [Id(0)]
    private readonly Guid _id;

    [Id(1)]
    private AsyncStream<T>? _stream;

    private readonly IAsyncObserver<T>? _observer;
    private readonly IAsyncBatchObserver<T>? _batchObserver;
    private readonly bool _isRewindable;

    public StreamSubscription(Guid id, AsyncStream<T> stream)
    {
        _id = id;
        _stream = stream;
    }

    public StreamSubscription(
        Guid id, AsyncStream<T> stream, IAsyncObserver<T>? observer, IAsyncBatchObserver<T>? batchObserver,
        StreamSequenceToken? token)
        : this(id, stream)
    {
        _observer = observer;
        _batchObserver = batchObserver;
        _isRewindable = stream.IsRewindable;
        ExpectedToken = _isRewindable ? StreamHandshakeToken.StartAt(token) : null;
    }

    public StreamHandshakeToken? ExpectedToken { get; private set; }

    public override StreamId StreamId => Stream.StreamId;

    public override string ProviderName => Stream.ProviderName;

    public override Guid HandleId => _id;

    public AsyncStream<T> Stream => _stream
        ?? throw new InvalidOperationException("Handle is no longer valid. It has been used to unsubscribe or resume.");

    public void Invalidate() => _stream = null;

    public override Task UnsubscribeAsync() => Stream.UnsubscribeAsync(this);

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(
        IAsyncObserver<T> observer, StreamSequenceToken? token = null) =>
        Stream.ResumeAsync(this, observer, null, token);

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(
        IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null) =>
        Stream.ResumeAsync(this, null, observer, token);

    public async Task<StreamHandshakeToken?> DeliverBatch(IBatchContainer batch, StreamHandshakeToken? handshake)
    {
        if (ExpectedToken is { } expected
            && (expected != handshake || expected == StreamHandshakeToken.Delivered(batch.SequenceToken)))
            return expected;
        await (_observer is null ? DeliverTogetherAsync(batch) : DeliverOneByOneAsync(batch));
        if (_isRewindable)
            ExpectedToken = StreamHandshakeToken.Delivered(batch.SequenceToken);
        return null;
    }

    public Task ErrorInStream(Exception error) =>
        _observer?.OnErrorAsync(error) ?? _batchObserver?.OnErrorAsync(error) ?? Task.CompletedTask;

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other?.HandleId == _id;

    public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<T>);

    public override int GetHashCode() => _id.GetHashCode();

    public override string ToString() => $"StreamSubscriptionHandle:Stream={_stream},HandleId={_id}";

    private async Task DeliverOneByOneAsync(IBatchContainer batch)
    {
        foreach (var part in batch is IBatchContainerBatch parts ? parts.BatchContainers : [batch])
        {
            var hasContext = batch is IBatchContainerBatch && part.ImportRequestContext();
            foreach (var (item, token) in part.GetEvents<T>())
            {
                if (_stream is null)
                    return;
                await _observer!.OnNextAsync(item, token);
            }

            if (hasContext)
                RequestContext.Clear();
        }
    }

    private async Task DeliverTogetherAsync(IBatchContainer batch)
    {
        IList<SequentialItem<T>> items = [.. batch.GetEvents<T>().Select(e => new SequentialItem<T>(e.Item1, e.Item2))];
        if (_stream is not null && _batchObserver is not null && items.Count > 0)
            await _batchObserver.OnNextAsync(items);
    }
}
