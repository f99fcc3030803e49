using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace AgenticOS.Protocol.Replies;

/// <summary>Finds replies and output frames in what a server sends, for clients. Incremental: give it what has come, in
/// any pieces; it takes whole frames off the front. Not for two threads at once.</summary>
public sealed class ReplyReader
{
    private readonly ProtocolLimits _limits;
    private bool _isHeaderRead;
    private ReplyKind _kind;
    private string _code = "";
    private long _length;

    /// <summary>Starts at the first frame of a connection.</summary>
    public ReplyReader(ProtocolLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
    }

    /// <summary>Takes the next frame off the front of <paramref name="buffer"/>; false when it is not whole yet (what
    /// is left in <paramref name="buffer"/> must be presented again with more).</summary>
    /// <exception cref="ReplyFormatException">What came is no reply; the connection is of no more use.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out Reply reply)
    {
        reply = default;
        if (!_isHeaderRead && !TryReadHeader(ref buffer))
            return false;
        _isHeaderRead = true;
        if (buffer.Length < _length)
            return false;
        reply = new Reply(_kind, _code, buffer.Slice(0, _length));
        buffer = buffer.Slice(_length);
        _isHeaderRead = false;
        return true;
    }

    private bool TryReadHeader(ref ReadOnlySequence<byte> buffer)
    {
        var window = buffer.Length > _limits.HeaderBytes + 1 ? buffer.Slice(0, _limits.HeaderBytes + 1) : buffer;
        if (window.PositionOf((byte)'\n') is not { } newline)
        {
            return window.Length <= _limits.HeaderBytes
                ? false
                : throw new ReplyFormatException($"A reply's header is longer than {_limits.HeaderBytes} bytes.");
        }

        var line = buffer.Slice(0, newline);
        buffer = buffer.Slice(buffer.GetPosition(1, newline));
        if (line.IsSingleSegment)
            ParseHeader(line.FirstSpan);
        else
            ParseHeader(line.ToArray());
        return true;
    }

    private void ParseHeader(ReadOnlySpan<byte> line)
    {
        if (!line.EndsWith("\r"u8))
            throw Malformed(line);
        var rest = line[..^1];
        var kind = TakeToken(ref rest);
        var code = TakeToken(ref rest);
        var isLength = Utf8Parser.TryParse(rest, out long length, out var used) && used == rest.Length && length >= 0;
        if (!isLength || code.IsEmpty)
            throw Malformed(line);
        if (length > _limits.ReplyBytes)
            throw new ReplyFormatException($"A reply of {length} bytes is longer than {_limits.ReplyBytes}.");
        _kind = kind.SequenceEqual("+OK"u8) ? ReplyKind.Ok
            : kind.SequenceEqual("-ERR"u8) ? ReplyKind.Error
            : kind.SequenceEqual("DATA"u8) ? ReplyKind.Data
            : throw Malformed(line);
        _code = code.SequenceEqual("raw"u8) ? "raw" : Encoding.UTF8.GetString(code);
        _length = length;
    }

    private static ReadOnlySpan<byte> TakeToken(ref ReadOnlySpan<byte> rest)
    {
        var blank = rest.IndexOf((byte)' ');
        var token = blank < 0 ? rest : rest[..blank];
        rest = blank < 0 ? default : rest[(blank + 1)..];
        return token;
    }

    private static ReplyFormatException Malformed(ReadOnlySpan<byte> line) =>
        new($"Not a reply: '{Encoding.UTF8.GetString(line)}'.");
}
