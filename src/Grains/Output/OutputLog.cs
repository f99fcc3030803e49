namespace AgenticOS.Grains.Output;

/// <summary>All bytes a process put out, and its end. Written by one thread, read by any; what was written never moves
/// or changes, so the pieces handed out stay valid. Its size is bounded by the context of the model.</summary>
internal sealed class OutputLog
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _chunks = [];
    private readonly List<int> _usedOfSealed = [];
    private int _usedOfLast;
    private long _length;
    private ProcessEnd? _end;

    /// <summary>Bytes so far.</summary>
    public long Length => Interlocked.Read(ref _length);

    /// <summary>Set once the process has ended.</summary>
    public ProcessEnd? End => Volatile.Read(ref _end);

    /// <summary>Appends and returns the log's own copy.</summary>
    /// <exception cref="InvalidOperationException">The log is closed.</exception>
    public ReadOnlyMemory<byte> Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_end is not null)
                throw new InvalidOperationException("Output after the end of a process.");
            var room = RoomFor(bytes.Length);
            bytes.CopyTo(room.Span);
            _length += bytes.Length;
            return room;
        }
    }

    /// <summary>Closes the log; false when it was closed before, and then nothing changed.</summary>
    public bool Close(ProcessEnd end)
    {
        lock (_gate)
        {
            if (_end is not null)
                return false;
            _end = end;
            return true;
        }
    }

    /// <summary>Everything from an offset on; null when the offset lies outside.</summary>
    public OutputSlice? Read(long from)
    {
        lock (_gate)
        {
            return from < 0 || from > _length ? null : new OutputSlice(from, CopyFrom(from), _end);
        }
    }

    private Memory<byte> RoomFor(int count)
    {
        // A piece never straddles chunks; what a chunk has left when one does not fit stays unused.
        if (_chunks.Count == 0 || _chunks[^1].Length - _usedOfLast < count)
        {
            SealLast();
            var grown = _chunks.Count == 0 ? OutputLimits.FirstChunk : _chunks[^1].Length * 2;
            _chunks.Add(new byte[Math.Max(count, Math.Min(grown, OutputLimits.LargestChunk))]);
            _usedOfLast = 0;
        }
        var room = _chunks[^1].AsMemory(_usedOfLast, count);
        _usedOfLast += count;
        return room;
    }

    private void SealLast()
    {
        if (_chunks.Count > 0)
            _usedOfSealed.Add(_usedOfLast);
    }

    private byte[] CopyFrom(long from)
    {
        var copy = new byte[_length - from];
        var start = 0L;
        for (var i = 0; i < _chunks.Count; i++)
        {
            var used = i < _usedOfSealed.Count ? _usedOfSealed[i] : _usedOfLast;
            if (start + used > from)
            {
                var skip = (int)Math.Max(0, from - start);
                _chunks[i].AsSpan(skip, used - skip).CopyTo(copy.AsSpan((int)(start + skip - from)));
            }
            start += used;
        }
        return copy;
    }
}
