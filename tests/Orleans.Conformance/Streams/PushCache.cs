using System.Diagnostics.CodeAnalysis;
using Orleans.Concurrency;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Conformance.Streams;

/// <summary>What one call of the producer put on the queue.</summary>
[GenerateSerializer, Immutable]
public sealed class PushBatch(StreamId streamId, List<object> events, EventSequenceTokenV2 token) : IBatchContainer
{
    [Id(0)]
    public StreamId StreamId { get; } = streamId;

    [Id(1)]
    public List<object> Events { get; } = events;

    [Id(2)]
    public EventSequenceTokenV2 Token { get; } = token;

    public StreamSequenceToken SequenceToken => Token;

    public bool ImportRequestContext() => false;

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() => Events.OfType<T>()
        .Select((e, i) => Tuple.Create(e, (StreamSequenceToken)Token.CreateSequenceTokenForEvent(i)));
}

/// <summary>
/// Batches per stream until every cursor has passed them. All calls come from one single-threaded pulling agent
/// (src/Orleans.Streaming/PersistentStreams/PersistentStreamPullingAgent.cs).
/// </summary>
public sealed class PushCache : IQueueCache
{
    private const int MaxBatches = 4096;

    // Kept although every cursor has passed them: a subscription that is still being agreed on with its client has no
    // cursor yet, and will ask for one at the first batch that came meanwhile (PendingStartToken of the pulling agent).
    private const int Tail = 256;
    private readonly Dictionary<StreamId, Line> _lines = [];

    public int GetMaxAddCount() => 256;

    public bool IsUnderPressure() => _lines.Values.Sum(l => l.Waiting) >= MaxBatches;

    public bool TryPurgeFromCache([MaybeNullWhen(false)] out IList<IBatchContainer> purgedItems)
    {
        purgedItems = null;
        return false;
    }

    public void AddToCache(IList<IBatchContainer> messages)
    {
        foreach (var message in messages)
            LineOf(message.StreamId).Add(message);
    }

    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token) =>
        LineOf(streamId).OpenCursor(token);

    private Line LineOf(StreamId streamId) =>
        _lines.TryGetValue(streamId, out var line) ? line : _lines[streamId] = new Line();

    private sealed class Line
    {
        private readonly List<Cursor> _cursors = [];
        private long _first;

        public List<IBatchContainer> Batches { get; } = [];

        /// <summary>Batches that some cursor has yet to pass.</summary>
        public long Waiting => _cursors.Count == 0 ? 0 : _first + Batches.Count - _cursors.Min(c => c.Position);

        public Cursor OpenCursor(StreamSequenceToken? token)
        {
            var at = token is null ? -1 : Batches.FindIndex(b => !b.SequenceToken.Older(token));
            var cursor = new Cursor(this, _first + (at < 0 ? Batches.Count : at));
            _cursors.Add(cursor);
            return cursor;
        }

        public IBatchContainer? At(long position) =>
            position - _first < Batches.Count ? Batches[(int)(position - _first)] : null;

        public void Add(IBatchContainer batch)
        {
            Batches.Add(batch);
            if (_cursors.Count == 0 && Batches.Count > Tail)
            {
                Batches.RemoveAt(0);
                _first++;
            }
        }

        public void Trim()
        {
            var passed = (int)(_cursors.Min(c => c.Position) - _first) - Tail;
            if (passed <= 0)
                return;
            Batches.RemoveRange(0, passed);
            _first += passed;
        }

        public void Close(Cursor cursor) => _cursors.Remove(cursor);
    }

    private sealed class Cursor(Line line, long position) : IQueueCacheCursor
    {
        private IBatchContainer? _current;

        public long Position { get; private set; } = position;

        public IBatchContainer? GetCurrent(out Exception? exception)
        {
            exception = null;
            return _current;
        }

        public bool MoveNext()
        {
            _current = line.At(Position);
            if (_current is null)
                return false;
            Position++;
            line.Trim();
            return true;
        }

        public void Refresh(StreamSequenceToken token)
        {
        }

        public void RecordDeliveryFailure()
        {
        }

        public void Dispose() => line.Close(this);
    }
}
