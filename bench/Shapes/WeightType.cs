namespace AgenticOS.Shapes;

/// <summary>How weights are stored, with ggml's numbers.</summary>
public enum WeightType
{
    /// <summary>Single floats.</summary>
    F32 = 0,

    /// <summary>Half floats.</summary>
    F16 = 1,

    /// <summary>Blocks of 32 four-bit weights under one scale: 18 bytes.</summary>
    Q4_0 = 2,

    /// <summary>Blocks of 32 eight-bit weights under one scale: 34 bytes.</summary>
    Q8_0 = 8,
}

/// <summary>Sizes of stored weights.</summary>
public static class WeightTypes
{
    /// <summary>Weights of one quantised block.</summary>
    internal const int Block = 32;

    /// <summary>Bytes of so many weights; they fill whole blocks.</summary>
    public static long Bytes(this WeightType type, long weights) => type switch
    {
        WeightType.F32 => weights * 4,
        WeightType.F16 => weights * 2,
        WeightType.Q4_0 => weights / Block * 18,
        WeightType.Q8_0 => weights / Block * 34,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>What llama.cpp's <c>general.file_type</c> calls it.</summary>
    internal static uint FileType(this WeightType type) => type switch
    {
        WeightType.F32 => 0,
        WeightType.F16 => 1,
        WeightType.Q4_0 => 2,
        WeightType.Q8_0 => 7,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
