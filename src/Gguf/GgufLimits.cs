namespace AgenticOS.Gguf;

/// <summary>Bounds of what is read from a model file. Real headers stay far below them: the largest vocabularies
/// (260,000 tokens) make headers of about 16 MiB.</summary>
public static class GgufLimits
{
    /// <summary>Longest header, all metadata and tensor descriptions together.</summary>
    public const long HeaderBytes = 128L << 20;

    /// <summary>Most metadata that is kept in memory; long arrays are passed over and only counted.</summary>
    public const long KeptBytes = 8L << 20;

    /// <summary>Most metadata keys.</summary>
    public const int Keys = 65_536;

    /// <summary>Longest key, as the format has it.</summary>
    public const int KeyBytes = 65_535;

    /// <summary>Longest text; chat templates have some ten thousand bytes.</summary>
    public const int TextBytes = 2 << 20;

    /// <summary>Most elements of an array.</summary>
    public const long ArrayLength = 16L << 20;

    /// <summary>Most numbers of an array that are kept; arrays per layer are this short.</summary>
    public const int KeptArrayLength = 4_096;

    /// <summary>Deepest nesting of arrays.</summary>
    public const int ArrayDepth = 4;

    /// <summary>Most tensors of one file.</summary>
    public const int Tensors = 65_536;

    /// <summary>Longest name of a tensor; the engine allows 64.</summary>
    public const int TensorNameBytes = 1_024;

    /// <summary>Most dimensions of a tensor, as the engine has it.</summary>
    public const int Dimensions = 4;

    /// <summary>Most layers of a model.</summary>
    public const int Layers = 4_096;

    /// <summary>Deepest folder that is scanned, below the root.</summary>
    public const int FolderDepth = 16;

    /// <summary>Most files and folders that one scan looks at.</summary>
    public const int FolderEntries = 100_000;

    /// <summary>Most parts of one split model.</summary>
    public const int Parts = 1_000;
}
