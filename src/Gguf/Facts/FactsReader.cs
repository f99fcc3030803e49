using AgenticOS.Gguf.Header;

namespace AgenticOS.Gguf.Facts;

/// <summary>Takes <see cref="GgufFacts"/> from a header; throws <see cref="GgufFaultException"/>. The keys are those of
/// the GGUF specification.</summary>
internal static class FactsReader
{
    private const string ArchitectureKey = "general.architecture";
    private const int LongestHead = 1 << 16;
    private const int MostHeads = 1 << 16;

    /// <summary>Reads everything; what a model cannot do without is checked, the rest may be missing.</summary>
    public static GgufFacts Read(GgufHeader header)
    {
        var architecture = header.Text(ArchitectureKey);
        if (string.IsNullOrEmpty(architecture))
            throw HeaderBytes.Malformed($"{ArchitectureKey} is missing");
        var layers = header.Number($"{architecture}.block_count") ?? 0;
        if (layers > GgufLimits.Layers)
            throw HeaderBytes.TooLarge($"{layers} layers, more than {GgufLimits.Layers}");
        var part = PartFacts.From(header);
        var heads = PerLayer(header, $"{architecture}.attention.head_count", layers, null);
        var embedding = header.Number($"{architecture}.embedding_length") ?? 0;
        var headLength = heads.DefaultIfEmpty(0).Max() is var most and > 0 ? embedding / most : 0;
        return new GgufFacts
        {
            Architecture = architecture,
            Name = header.Text("general.name"),
            Parameters = part.Parameters,
            Quantization = Quantizations.NameOf(header),
            ContextLength = header.Number($"{architecture}.context_length") ?? 0,
            Layers = layers,
            EmbeddingLength = embedding,
            Heads = heads.DefaultIfEmpty(0).Max(),
            KvHeads = PerLayer(header, $"{architecture}.attention.head_count_kv", layers, heads),
            KeyLength = HeadLength(header, $"{architecture}.attention.key_length", headLength),
            ValueLength = HeadLength(header, $"{architecture}.attention.value_length", headLength),
            VocabularySize = VocabularySize(header, architecture),
            TokenizerModel = header.Text("tokenizer.ggml.model"),
            TokenizerPre = header.Text("tokenizer.ggml.pre"),
            ChatTemplate = header.Text("tokenizer.chat_template"),
            Part = part.Part,
            Parts = part.Parts,
            WeightBytes = part.WeightBytes,
            FileBytes = header.FileBytes,
        };
    }

    /// <summary>A number for all layers, or an array with one for each; missing ones are taken from
    /// elsewhere.</summary>
    private static IReadOnlyList<int> PerLayer(
        GgufHeader header,
        string key,
        int layers,
        IReadOnlyList<int>? otherwise)
    {
        if (header.Items(key) is { } items)
        {
            return items.Numbers is { } numbers
                && numbers.Count >= layers
                && numbers.All(number => number is >= 0 and <= MostHeads)
                ? [.. numbers.Take(layers).Select(number => (int)number)]
                : throw HeaderBytes.Malformed($"{key} does not fit {layers} layers");
        }

        if (header.Number(key) is not { } number)
            return otherwise ?? new int[layers];
        return number <= MostHeads
            ? [.. Enumerable.Repeat(number, layers)]
            : throw HeaderBytes.TooLarge($"{key} is {number}");
    }

    private static int HeadLength(GgufHeader header, string key, int otherwise)
    {
        var length = header.Number(key) ?? otherwise;
        return length <= LongestHead ? length : throw HeaderBytes.TooLarge($"{key} is {length}");
    }

    private static int VocabularySize(GgufHeader header, string architecture) =>
        (int)(header.Items("tokenizer.ggml.tokens")?.Count ?? header.Number($"{architecture}.vocab_size") ?? 0);
}
