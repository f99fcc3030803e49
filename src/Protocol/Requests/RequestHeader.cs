using System.Buffers;

namespace AgenticOS.Protocol.Requests;

/// <summary>The three tokens of <c>VERB AGENT LEN</c>, still bytes.</summary>
internal readonly ref struct RequestHeader
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t"u8);

    private RequestHeader(ReadOnlySpan<byte> verb, ReadOnlySpan<byte> agent, long length)
    {
        Verb = verb;
        Agent = agent;
        Length = length;
    }

    public ReadOnlySpan<byte> Verb { get; }

    public ReadOnlySpan<byte> Agent { get; }

    /// <summary>Saturated: a count too large for a long is still a count.</summary>
    public long Length { get; }

    /// <summary>A line without its newline and without a CR before it; true when nothing but blanks is on it.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(Blanks);

    public static bool TryParse(ReadOnlySpan<byte> line, out RequestHeader header)
    {
        var verb = NextToken(ref line);
        var agent = NextToken(ref line);
        var count = NextToken(ref line);
        var isWhole = TryParseCount(count, out var length) && IsBlank(line);
        header = isWhole ? new RequestHeader(verb, agent, length) : default;
        return isWhole;
    }

    private static ReadOnlySpan<byte> NextToken(scoped ref ReadOnlySpan<byte> line)
    {
        var start = line.IndexOfAnyExcept(Blanks);
        if (start < 0)
            return line = default;
        line = line[start..];
        var end = line.IndexOfAny(Blanks);
        var token = end < 0 ? line : line[..end];
        line = line[token.Length..];
        return token;
    }

    private static bool TryParseCount(ReadOnlySpan<byte> digits, out long count)
    {
        count = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            var isRoom = count <= (long.MaxValue - 9) / 10;
            count = isRoom ? (count * 10) + (digit - '0') : long.MaxValue;
        }

        return !digits.IsEmpty;
    }
}
