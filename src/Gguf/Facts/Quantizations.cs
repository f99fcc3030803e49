using AgenticOS.Gguf.Header;

namespace AgenticOS.Gguf.Facts;

/// <summary>Names of quantisations as people know them.</summary>
internal static class Quantizations
{
    /// <summary>The bit that says that general.file_type was guessed by the writer.</summary>
    private const int GuessedBit = 1024;

    /// <summary>Names of llama_ftype.</summary>
    private static readonly Dictionary<int, string> FileTypes = new()
    {
        [0] = "F32",
        [1] = "F16",
        [2] = "Q4_0",
        [3] = "Q4_1",
        [7] = "Q8_0",
        [8] = "Q5_0",
        [9] = "Q5_1",
        [10] = "Q2_K",
        [11] = "Q3_K_S",
        [12] = "Q3_K_M",
        [13] = "Q3_K_L",
        [14] = "Q4_K_S",
        [15] = "Q4_K_M",
        [16] = "Q5_K_S",
        [17] = "Q5_K_M",
        [18] = "Q6_K",
        [19] = "IQ2_XXS",
        [20] = "IQ2_XS",
        [21] = "Q2_K_S",
        [22] = "IQ3_XS",
        [23] = "IQ3_XXS",
        [24] = "IQ1_S",
        [25] = "IQ4_NL",
        [26] = "IQ3_S",
        [27] = "IQ3_M",
        [28] = "IQ2_S",
        [29] = "IQ2_M",
        [30] = "IQ4_XS",
        [31] = "IQ1_M",
        [32] = "BF16",
        [36] = "TQ1_0",
        [37] = "TQ2_0",
        [38] = "MXFP4_MOE",
    };

    /// <summary>The name of general.file_type; where that is missing or unknown, the type that most elements
    /// have.</summary>
    public static string NameOf(GgufHeader header)
    {
        if (header.Number("general.file_type") is { } type && FileTypes.TryGetValue(type & ~GuessedBit, out var name))
            return name;
        return header.Tensors
            .GroupBy(tensor => tensor.Type)
            .OrderByDescending(group => group.Sum(tensor => (double)tensor.Elements))
            .ThenBy(group => group.Key.Number)
            .Select(group => group.Key.Name)
            .FirstOrDefault() ?? "unknown";
    }
}
