using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace AgenticOS.Protocol;

/// <summary>Payloads that are text.</summary>
public static class TextPayload
{
    /// <summary>Decodes a body; false when it is not well-formed UTF-8. Nothing is replaced or trimmed.</summary>
    public static bool TryDecode(in ReadOnlySequence<byte> body, out string text)
    {
        if (body.IsSingleSegment)
            return TryDecode(body.FirstSpan, out text);
        var rented = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(rented);
            return TryDecode(rented.AsSpan(0, (int)body.Length), out text);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Decodes bytes; false when they are not well-formed UTF-8.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        if (!Utf8.IsValid(bytes))
            return false;
        text = Encoding.UTF8.GetString(bytes);
        return true;
    }

    /// <summary>The length of the longest start of <paramref name="text"/> within <paramref name="limit"/> bytes that
    /// ends between two characters. All of it when it is short enough; never 0 for a limit of 4 or more.</summary>
    public static int CutBetweenCharacters(ReadOnlySpan<byte> text, int limit)
    {
        if (text.Length <= limit)
            return text.Length;
        var end = limit;
        while (end > 0 && limit - end < 4 && (text[end] & 0xC0) == 0x80)
            end--;
        var foundStart = end > 0 && (text[end] & 0xC0) != 0x80;
        return foundStart ? end : limit;
    }
}
