using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace AgenticOS.Protocol.Replies;

/// <summary>Writes replies and output frames, for servers. Each call writes one whole frame and nothing after its
/// payload.</summary>
public static class ReplyWriter
{
    /// <summary><c>+OK CODE LEN\r\n</c> and the payload.</summary>
    public static void WriteOk(IBufferWriter<byte> output, OkCode code, string payload) =>
        WriteReply(output, "+OK "u8, code.ToWire(), payload);

    /// <summary><c>-ERR CODE LEN\r\n</c> and the message.</summary>
    public static void WriteError(IBufferWriter<byte> output, ErrorCode code, string message) =>
        WriteReply(output, "-ERR "u8, code.ToWire(), message);

    /// <summary><c>DATA raw LEN\r\n</c> and the bytes: output of a process, which the caller has cut between
    /// characters.</summary>
    public static void WriteData(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write("DATA raw "u8);
        WriteLength(output, bytes.Length);
        output.Write(bytes);
    }

    /// <summary><c>DATA raw 0\r\n</c>: nothing to say, but alive.</summary>
    public static void WriteHeartbeat(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write("DATA raw 0\r\n"u8);
    }

    /// <summary>The end of a process, whole in a DATA frame of its own.</summary>
    public static void WriteEnd(IBufferWriter<byte> output, EndMarker marker)
    {
        ArgumentNullException.ThrowIfNull(marker);
        WriteData(output, Encoding.UTF8.GetBytes(marker.ToString()));
    }

    private static void WriteReply(IBufferWriter<byte> output, ReadOnlySpan<byte> kind, string code, string payload)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(payload);
        output.Write(kind);
        Encoding.UTF8.GetBytes(code, output);
        output.Write(" "u8);
        WriteLength(output, Encoding.UTF8.GetByteCount(payload));
        Encoding.UTF8.GetBytes(payload, output);
    }

    private static void WriteLength(IBufferWriter<byte> output, int length)
    {
        var span = output.GetSpan(16);
        var isWritten = Utf8Formatter.TryFormat(length, span, out var written);
        System.Diagnostics.Debug.Assert(isWritten, "16 bytes hold any int");
        "\r\n"u8.CopyTo(span[written..]);
        output.Advance(written + 2);
    }
}
