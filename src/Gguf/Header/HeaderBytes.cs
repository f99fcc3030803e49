using System.Buffers.Binary;
using System.Text;

namespace AgenticOS.Gguf.Header;

/// <summary>Reads little-endian values forward through a small buffer. Nothing is allocated before it is known that the
/// file is long enough to hold it. Throws <see cref="GgufFaultException"/> at the end of the file or of the
/// bounds.</summary>
internal sealed class HeaderBytes(Stream stream, long fileBytes)
{
    private const int BufferLength = 64 * 1024;

    private readonly byte[] _buffer = new byte[(int)Math.Min(BufferLength, Math.Max(16, fileBytes))];
    private int _start;
    private int _end;
    private long _kept;

    /// <summary>Bytes read so far.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes from here to the end of the file.</summary>
    public long Remaining => fileBytes - Position;

    public byte U8() => Take(1)[0];

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public ReadOnlySpan<byte> Take(int count)
    {
        Announce(count);
        if (_end - _start < count)
            Fill(count);
        var taken = _buffer.AsSpan(_start, count);
        _start += count;
        Position += count;
        return taken;
    }

    /// <summary>A length and that many bytes of text, which stay in memory.</summary>
    public string Text(int longest, string what)
    {
        var length = Length(longest, what);
        Keep(length);
        var bytes = new byte[length];
        Copy(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Passes over a length and that many bytes of text.</summary>
    public void SkipText() => Skip(Length(GgufLimits.TextBytes, "a text"));

    public void Skip(long count)
    {
        Announce(count);
        var buffered = (int)Math.Min(count, _end - _start);
        _start += buffered;
        Position += count;
        if (count > buffered)
            stream.Seek(count - buffered, SeekOrigin.Current);
    }

    /// <summary>Counts what stays in memory against its bound.</summary>
    public void Keep(long bytes)
    {
        _kept += bytes;
        if (_kept > GgufLimits.KeptBytes)
            throw TooLarge($"more than {GgufLimits.KeptBytes} bytes of metadata");
    }

    public static GgufFaultException TooLarge(string detail) => new(new GgufFault.HeaderTooLarge(detail));

    public static GgufFaultException Malformed(string detail) => new(new GgufFault.Malformed(detail));

    private int Length(int longest, string what)
    {
        var length = U64();
        if (length > long.MaxValue / 2)
            throw Malformed($"{what} of {length} bytes");
        Announce((long)length);
        return length <= (ulong)longest
            ? (int)length
            : throw TooLarge($"{what} of {length} bytes, more than {longest}");
    }

    /// <summary>Makes sure that the file and the bounds have that many bytes more.</summary>
    private void Announce(long count)
    {
        if (count > Remaining)
            throw new GgufFaultException(new GgufFault.Truncated(Position + count, fileBytes));
        if (Position + count > GgufLimits.HeaderBytes)
            throw TooLarge($"more than {GgufLimits.HeaderBytes} bytes");
    }

    private void Copy(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var part = Take(Math.Min(target.Length, _buffer.Length));
            part.CopyTo(target);
            target = target[part.Length..];
        }
    }

    private void Fill(int count)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        while (_end < count)
        {
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            // The file got shorter while it was being read.
            if (read == 0)
                throw new GgufFaultException(new GgufFault.Truncated(Position + count, Position + _end));
            _end += read;
        }
    }
}
