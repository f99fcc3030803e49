namespace AgenticOS.TcpFrontend.Output;

/// <summary>How far a client has read the output of a process. A byte is taken once, in order, whatever comes twice or
/// late.</summary>
internal struct OutputCursor
{
    /// <summary>Offset of the first byte the client has not seen.</summary>
    public long Next { get; private set; }

    /// <summary>Whether bytes before <paramref name="offset"/> are missing.</summary>
    public readonly bool IsGap(long offset) => offset > Next;

    /// <summary>The part of a piece that is new; empty when all of it was seen.</summary>
    /// <exception cref="InvalidOperationException">There is a gap before the piece.</exception>
    public ReadOnlyMemory<byte> Take(long offset, ReadOnlyMemory<byte> bytes)
    {
        if (IsGap(offset))
            throw new InvalidOperationException($"Output at {offset} taken while {Next} is next.");
        var seen = Next - offset;
        if (seen >= bytes.Length)
            return ReadOnlyMemory<byte>.Empty;
        Next = offset + bytes.Length;
        return bytes[(int)seen..];
    }

    /// <summary>Whether a process whose output is <paramref name="length"/> bytes long has been read to its
    /// end.</summary>
    public readonly bool IsAtEnd(long length) => length == Next;
}
