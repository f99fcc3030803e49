using System.Buffers;

namespace AgenticOS.Protocol.Tests;

/// <summary>Bytes as they come from a socket: in pieces, each a segment of its own, of which a reader takes what it
/// understands.</summary>
public sealed class Pieces
{
    private readonly List<ReadOnlyMemory<byte>> _segments = [];

    /// <summary>Bytes presented and not taken yet.</summary>
    public long Left { get; private set; }

    /// <summary>Adds a piece and presents everything that is left; call <see cref="Keep"/> with what the reader left of
    /// it.</summary>
    public ReadOnlySequence<byte> Add(ReadOnlyMemory<byte> piece)
    {
        if (!piece.IsEmpty)
            _segments.Add(piece);
        return Build();
    }

    /// <summary>Keeps what a reader left for the next time.</summary>
    public void Keep(ReadOnlySequence<byte> rest)
    {
        _segments.Clear();
        foreach (var segment in rest)
        {
            if (!segment.IsEmpty)
                _segments.Add(segment);
        }

        Left = rest.Length;
    }

    private ReadOnlySequence<byte> Build()
    {
        if (_segments.Count == 0)
            return ReadOnlySequence<byte>.Empty;
        if (_segments.Count == 1)
            return new ReadOnlySequence<byte>(_segments[0]);
        var first = new Segment(_segments[0], 0);
        var last = first;
        foreach (var memory in _segments.Skip(1))
            last = last.Append(memory);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}

/// <summary>The ways to cut a payload that every reader test runs through.</summary>
public static class Cuts
{
    /// <summary>Whole, split in two at every byte, and byte by byte.</summary>
    public static IEnumerable<(string Name, byte[][] Pieces)> All(byte[] payload)
    {
        yield return ("whole", [payload]);
        for (var at = 1; at < payload.Length; at++)
            yield return ($"split at {at}", [payload[..at], payload[at..]]);
        yield return ("byte by byte", payload.Select(b => new[] { b }).ToArray());
    }
}
