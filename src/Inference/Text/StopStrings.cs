using System.Text;

namespace AgenticOS.Inference.Text;

/// <summary>The texts that end a generation, as UTF-8.</summary>
internal sealed class StopStrings
{
    private readonly byte[][] _stops;
    private readonly byte[] _firstBytes;

    /// <summary>Throws <see cref="ArgumentException"/> for an empty stop string and beyond the limits.</summary>
    internal StopStrings(IReadOnlyList<string> stops)
    {
        if (stops.Count > EngineLimits.StopStrings)
            throw new ArgumentException($"At most {EngineLimits.StopStrings} stop strings.", nameof(stops));
        _stops = [.. stops.Select(Encoding.UTF8.GetBytes)];
        foreach (byte[] stop in _stops)
            if (stop.Length is 0 or > EngineLimits.StopStringBytes)
                throw new ArgumentException(
                    $"A stop string has 1 to {EngineLimits.StopStringBytes} bytes.", nameof(stops));
        _firstBytes = [.. _stops.Select(stop => stop[0]).Distinct()];
        Longest = _stops.Length == 0 ? 0 : _stops.Max(stop => stop.Length);
    }

    /// <summary>Bytes of the longest one; zero when there are none.</summary>
    internal int Longest { get; }

    /// <summary>
    /// Where the first stop string to be complete begins, or -1. Of several that end at the same byte the longest
    /// counts. Nothing ends within the first <paramref name="known"/> bytes: those were looked at before. So the
    /// answer does not depend on how the text was cut.
    /// </summary>
    internal int FirstStart(ReadOnlySpan<byte> text, int known)
    {
        if (_stops.Length == 0)
            return -1;
        for (int end = known + 1; end <= text.Length; end++)
        {
            int longest = 0;
            foreach (byte[] stop in _stops)
                if (stop.Length > longest && text[..end].EndsWith(stop))
                    longest = stop.Length;
            if (longest > 0)
                return end - longest;
        }

        return -1;
    }

    /// <summary>How many of the last bytes could still become a stop string: the longest such end.</summary>
    internal int OpenLength(ReadOnlySpan<byte> text)
    {
        int from = Math.Max(0, text.Length - Longest + 1);
        while (from < text.Length)
        {
            int next = text[from..].IndexOfAny(_firstBytes);
            if (next < 0)
                return 0;
            from += next;
            ReadOnlySpan<byte> end = text[from..];
            foreach (byte[] stop in _stops)
                if (stop.Length > end.Length && stop.AsSpan().StartsWith(end))
                    return end.Length;
            from++;
        }

        return 0;
    }
}
