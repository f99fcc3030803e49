namespace AgenticOS.Kernel;

/// <summary>What messages to clients share: showing foreign text, and guessing what was meant.</summary>
internal static class Texts
{
    private const int ShownLength = 64;
    private const int ComparedLength = 128;

    /// <summary>Foreign text for a one-line message: cut, and control characters replaced by <c>?</c>.</summary>
    public static string Clip(ReadOnlySpan<char> text)
    {
        var isCut = text.Length > ShownLength;
        var shown = (isCut ? text[..ShownLength] : text).ToArray();
        for (var i = 0; i < shown.Length; i++)
        {
            if (char.IsControl(shown[i]))
                shown[i] = '?';
        }

        return isCut ? new string(shown) + "..." : new string(shown);
    }

    /// <summary>The candidate that differs least, when it differs by at most a third of its length (and at least one
    /// edit is always forgiven); null when none is that near. Case does not count.</summary>
    public static string? Nearest(string text, IEnumerable<string> candidates)
    {
        if (text.Length > ComparedLength)
            return null;
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            if (candidate.Length > ComparedLength)
                continue;
            var distance = Distance(text, candidate);
            if (distance > Math.Max(1, candidate.Length / 3) || distance >= bestDistance)
                continue;
            (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary>Levenshtein distance over lower-case characters, one row of the table at a time.</summary>
    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var j = 0; j < row.Length; j++)
            row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var isSame = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]);
                var next = Math.Min(diagonal + (isSame ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1);
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[^1];
    }
}
