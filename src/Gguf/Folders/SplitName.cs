using System.Globalization;

namespace AgenticOS.Gguf.Folders;

/// <summary>The ending <c>-00001-of-00003</c> by which llama.cpp names the parts of a split model.</summary>
/// <param name="Model">The name without the ending.</param>
/// <param name="Part">Which part, from 1.</param>
/// <param name="Parts">How many there are.</param>
internal readonly record struct SplitName(string Model, int Part, int Parts)
{
    private const int Digits = 5;
    private const string Of = "-of-";
    private const int Length = 1 + Digits + 4 + Digits;

    /// <summary>Reads a name without extension; a name without such an ending is part 1 of 1.</summary>
    public static SplitName Parse(string name)
    {
        var whole = new SplitName(name, 1, 1);
        if (name.Length <= Length)
            return whole;
        var ending = name.AsSpan(name.Length - Length);
        var isEnding = ending[0] == '-' && ending.Slice(1 + Digits, Of.Length).SequenceEqual(Of);
        return isEnding
            && int.TryParse(ending.Slice(1, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            && int.TryParse(ending[^Digits..], NumberStyles.None, CultureInfo.InvariantCulture, out var parts)
            && part >= 1 && part <= parts && parts <= GgufLimits.Parts
            ? new SplitName(name[..^Length], part, parts)
            : whole;
    }
}
