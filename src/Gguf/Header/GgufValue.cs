namespace AgenticOS.Gguf.Header;

/// <summary>A value of a file's metadata.</summary>
public abstract record GgufValue
{
    private GgufValue()
    {
    }

    /// <summary>A whole number of any width.</summary>
    public sealed record Whole(Int128 Value) : GgufValue;

    /// <summary>A floating-point number.</summary>
    public sealed record Real(double Value) : GgufValue;

    /// <summary>True or false.</summary>
    public sealed record Flag(bool Value) : GgufValue;

    /// <summary>A text; bytes that are no UTF-8 are replaced.</summary>
    public sealed record Text(string Value) : GgufValue;

    /// <summary>An array.</summary>
    /// <param name="Count">Its length.</param>
    /// <param name="Numbers">Its elements when they are whole numbers or flags and at most
    /// <see cref="GgufLimits.KeptArrayLength"/>; else null.</param>
    public sealed record Items(long Count, IReadOnlyList<long>? Numbers) : GgufValue;
}
