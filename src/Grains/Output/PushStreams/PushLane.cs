using Orleans.Streams;

namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>The batches of one stream and the cursors over them. Positions count up from 0 over the lane's life; a
/// batch is let go when the slowest cursor has passed it, or when the lane is full.</summary>
/// <param name="released">Told how many batches were let go.</param>
internal sealed class PushLane(Action<int> released)
{
    private readonly IBatchContainer?[] _ring = new IBatchContainer?[PushLimits.WaitingPerStream];
    private readonly List<Cursor> _cursors = [];
    private long _first;
    private long _end;

    /// <summary>Batches held.</summary>
    public int Count => (int)(_end - _first);

    /// <summary>Nobody reads it.</summary>
    public bool Unread => _cursors.Count == 0;

    /// <summary>When the last batch came, as the clock's timestamp.</summary>
    public long LastAddedAt { get; private set; }

    public void Add(IBatchContainer batch, long now)
    {
        if (Count == _ring.Length)
            DropOldest();
        _ring[_end++ % _ring.Length] = batch;
        LastAddedAt = now;
    }

    /// <summary>A cursor at the first batch that is not older than the token; without a token, or when all are older,
    /// after the last batch.</summary>
    public IQueueCacheCursor Open(StreamSequenceToken? token)
    {
        var cursor = new Cursor(this, PositionOf(token));
        _cursors.Add(cursor);
        return cursor;
    }

    private long PositionOf(StreamSequenceToken? token)
    {
        if (token is null)
            return _end;
        var position = _first;
        while (position < _end && At(position).SequenceToken.Older(token))
            position++;
        return position;
    }

    private IBatchContainer At(long position) =>
        _ring[position % _ring.Length]
        ?? throw new InvalidOperationException($"Position {position} of a push lane is empty.");

    private void Trim()
    {
        if (Unread)
            return;
        var slowest = _cursors.Min(cursor => cursor.Next);
        while (_first < slowest)
            DropOldest();
    }

    private void DropOldest()
    {
        _ring[_first++ % _ring.Length] = null;
        released(1);
    }

    private sealed class Cursor(PushLane lane, long next) : IQueueCacheCursor
    {
        private IBatchContainer? _current;

        public long Next { get; private set; } = next;

        public IBatchContainer? GetCurrent(out Exception? exception)
        {
            exception = null;
            return _current;
        }

        public bool MoveNext()
        {
            // The batch handed out before is done with now; what a full lane dropped is skipped.
            Next = Math.Max(Next, lane._first);
            lane.Trim();
            _current = Next < lane._end ? lane.At(Next++) : null;
            return _current is not null;
        }

        public void Refresh(StreamSequenceToken token)
        {
            // Nothing to find again: the cursor stands on a position, not on a token.
        }

        public void RecordDeliveryFailure()
        {
            // The listener recovers from the output log; nothing is delivered twice.
        }

        public void Dispose()
        {
            if (lane._cursors.Remove(this))
                lane.Trim();
        }
    }
}
