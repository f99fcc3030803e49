using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace AgenticOS.Inference.Text;

/// <summary>
/// Turns pieces of bytes into whole characters of valid UTF-8. What is not UTF-8 becomes U+FFFD, one for each maximal
/// ill-formed part, just as if the whole stream were decoded at once (the Unicode and WHATWG practice).
/// </summary>
internal struct Utf8Repair
{
    private const int LongestOpen = 3;
    private static ReadOnlySpan<byte> Replacement => [0xEF, 0xBF, 0xBD];

    private int _open;
    private int _openLength;

    /// <summary>The most bytes that a piece of a length can turn into.</summary>
    internal static int Room(int pieceLength) => (pieceLength + LongestOpen) * Replacement.Length;

    /// <summary>Writes the characters that a piece completes, and keeps the one that it leaves open.</summary>
    internal int Write(ReadOnlySpan<byte> piece, Span<byte> into)
    {
        if (_openLength == 0 && Utf8.IsValid(piece))
        {
            piece.CopyTo(into);
            return piece.Length;
        }

        Span<byte> joined = stackalloc byte[64];
        int written = 0;
        while (!piece.IsEmpty)
        {
            int carried = TakeOpen(joined);
            int taken = Math.Min(piece.Length, joined.Length - carried);
            piece[..taken].CopyTo(joined[carried..]);
            piece = piece[taken..];
            written += WriteRunes(joined[..(carried + taken)], into[written..]);
        }

        return written;
    }

    /// <summary>The stream is over: a character left open is ill-formed.</summary>
    internal int Finish(Span<byte> into)
    {
        if (_openLength == 0)
            return 0;
        _openLength = 0;
        Replacement.CopyTo(into);
        return Replacement.Length;
    }

    private int WriteRunes(ReadOnlySpan<byte> bytes, Span<byte> into)
    {
        int written = 0;
        while (!bytes.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(bytes, out _, out int consumed);
            if (status == OperationStatus.NeedMoreData)
            {
                KeepOpen(bytes);
                break;
            }

            ReadOnlySpan<byte> character = status == OperationStatus.Done ? bytes[..consumed] : Replacement;
            character.CopyTo(into[written..]);
            written += character.Length;
            bytes = bytes[consumed..];
        }

        return written;
    }

    private void KeepOpen(ReadOnlySpan<byte> bytes)
    {
        _openLength = bytes.Length;
        _open = 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
            _open = (_open << 8) | bytes[i];
    }

    private int TakeOpen(Span<byte> into)
    {
        int length = _openLength;
        for (int i = 0; i < length; i++)
            into[i] = (byte)(_open >> (8 * i));
        _openLength = 0;
        return length;
    }
}
