using System.Globalization;

namespace AgenticOS.Kernel.Catalog;

/// <summary>The ending <c>-00001-of-00003</c> by which llama.cpp names the parts of a split model.</summary>
public static class SplitModelName
{
    private const int NumberLength = 5;
    private const string Of = "-of-";
    private const int SuffixLength = 1 + NumberLength + 4 + NumberLength;

    /// <summary>Reads the ending of a name without extension; false when it has none or the numbers make no
    /// sense.</summary>
    /// <param name="name">For instance <c>big/model-00001-of-00003</c>.</param>
    /// <param name="model">The name without the ending.</param>
    /// <param name="part">Which part, from 1.</param>
    /// <param name="count">How many there are.</param>
    public static bool TrySplit(string name, out string model, out int part, out int count)
    {
        (model, part, count) = (name, 0, 0);
        if (name.Length <= SuffixLength)
            return false;
        var suffix = name.AsSpan(name.Length - SuffixLength);
        var isRead = suffix[0] == '-'
            && suffix.Slice(1 + NumberLength, Of.Length).SequenceEqual(Of)
            && int.TryParse(suffix.Slice(1, NumberLength), NumberStyles.None, CultureInfo.InvariantCulture, out part)
            && int.TryParse(suffix[^NumberLength..], NumberStyles.None, CultureInfo.InvariantCulture, out count)
            && part >= 1 && part <= count;
        if (isRead)
            model = name[..^SuffixLength];
        else
            (part, count) = (0, 0);
        return isRead;
    }

    /// <summary>The name without such an ending.</summary>
    public static string WithoutPart(string name) => TrySplit(name, out var model, out _, out _) ? model : name;
}
