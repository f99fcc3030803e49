using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Providers;

/// <summary>
/// Keeps batches in memory: what some subscription has not taken yet, and for rewinding the newest of what all have
/// taken.
/// </summary>
internal sealed class MemoryQueueCache(TimeProvider time) : IQueueCache
{
    /// <summary>How many batches are kept at most for rewinding.</summary>
    internal const int KeptForRewind = 4096;

    /// <summary>How many batches may wait for slow subscriptions before the queue is left alone.</summary>
    internal const int MostWaiting = 16384;

    /// <summary>How long batches are kept for rewinding.</summary>
    internal static readonly TimeSpan KeptTime = TimeSpan.FromMinutes(5);

    private readonly Dictionary<StreamId, Log> _logs = [];
    private readonly Queue<(Log Log, long Position, long Added)> _order = new();

    public int GetMaxAddCount() => QueueAdapterConstants.UNLIMITED_GET_QUEUE_MSG;

    public bool IsUnderPressure() => _order.Count >= MostWaiting;

    public void AddToCache(IList<IBatchContainer> messages)
    {
        foreach (var message in messages)
        {
            var log = LogOf(message.StreamId);
            _order.Enqueue((log, log.End, time.GetTimestamp()));
            log.Add(message);
        }
    }

    public bool TryPurgeFromCache([MaybeNullWhen(false)] out IList<IBatchContainer> purgedItems)
    {
        List<IBatchContainer>? purged = null;
        while (_order.TryPeek(out var oldest) && MayGo(oldest))
        {
            _order.Dequeue();
            (purged ??= []).Add(oldest.Log.RemoveFirst());
            if (oldest.Log.IsUnused)
                _logs.Remove(oldest.Log.StreamId);
        }

        purgedItems = purged;
        return purged is not null;
    }

    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token)
    {
        var log = LogOf(streamId);
        return new Cursor(log, token is null ? log.End : log.Find(token), token);
    }

    private bool MayGo((Log Log, long Position, long Added) oldest) =>
        oldest.Position < oldest.Log.FirstNeeded()
        && (_order.Count > KeptForRewind || time.GetElapsedTime(oldest.Added) > KeptTime);

    private Log LogOf(StreamId streamId)
    {
        if (!_logs.TryGetValue(streamId, out var log))
            _logs[streamId] = log = new Log(streamId);
        return log;
    }

    /// <summary>The batches of one stream; positions count from the stream's first batch here.</summary>
    private sealed class Log(StreamId streamId)
    {
        private readonly List<IBatchContainer?> _batches = [];
        private readonly List<Cursor> _cursors = [];
        private StreamSequenceToken? _lastRemoved;
        private long _start;
        private int _removed;

        public StreamId StreamId => streamId;

        public long End => _start + _batches.Count;

        public bool IsUnused => _cursors.Count == 0 && _removed == _batches.Count;

        public void Add(IBatchContainer batch) => _batches.Add(batch);

        public IBatchContainer RemoveFirst()
        {
            var batch = _batches[_removed]!;
            _batches[_removed++] = null;
            _lastRemoved = batch.SequenceToken;
            if (_removed >= 64 || _removed == _batches.Count)
            {
                _batches.RemoveRange(0, _removed);
                _start += _removed;
                _removed = 0;
            }

            return batch;
        }

        public IBatchContainer At(long position) => _batches[(int)(position - _start)]!;

        public long FirstNeeded() => _cursors.Count == 0 ? long.MaxValue : _cursors.Min(c => c.Next);

        public long Find(StreamSequenceToken token)
        {
            if (_lastRemoved is not null && token.SequenceNumber <= _lastRemoved.SequenceNumber)
                throw new QueueCacheMissException(
                    token.ToString(),
                    (_removed < _batches.Count ? _batches[_removed]!.SequenceToken : _lastRemoved).ToString(),
                    (_batches.Count > _removed ? _batches[^1]!.SequenceToken : _lastRemoved).ToString());
            var index = _batches.FindIndex(_removed, b => b!.SequenceToken.SequenceNumber >= token.SequenceNumber);
            return index < 0 ? End : _start + index;
        }

        public void Open(Cursor cursor) => _cursors.Add(cursor);

        public void Close(Cursor cursor) => _cursors.Remove(cursor);
    }

    private sealed class Cursor : IQueueCacheCursor
    {
        private readonly Log _log;
        private readonly StreamSequenceToken? _from;
        private IBatchContainer? _current;

        public Cursor(Log log, long next, StreamSequenceToken? from)
        {
            _log = log;
            _from = from;
            Next = next;
            log.Open(this);
        }

        public long Next { get; private set; }

        public IBatchContainer? GetCurrent(out Exception? exception)
        {
            exception = null;
            return _current;
        }

        public bool MoveNext()
        {
            _current = null;
            while (Next < _log.End && _current is null)
            {
                var batch = _log.At(Next++);
                if (_from is null || batch.SequenceToken.SequenceNumber >= _from.SequenceNumber)
                    _current = batch;
            }

            return _current is not null;
        }

        public void Refresh(StreamSequenceToken token)
        {
        }

        public void RecordDeliveryFailure()
        {
        }

        public void Dispose() => _log.Close(this);
    }
}
