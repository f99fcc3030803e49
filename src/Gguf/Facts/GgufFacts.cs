using AgenticOS.Gguf.Header;

namespace AgenticOS.Gguf.Facts;

/// <summary>What the headers of a model's files say about it; nothing is taken from its name on disk.</summary>
public sealed record GgufFacts
{
    /// <summary>general.architecture.</summary>
    public required string Architecture { get; init; }

    /// <summary>general.name; null when the file has none.</summary>
    public required string? Name { get; init; }

    /// <summary>Number of weights: the elements of all tensors of all parts.</summary>
    public required long Parameters { get; init; }

    /// <summary>For instance Q4_K_M: general.file_type by name, or the type that most weights have.</summary>
    public required string Quantization { get; init; }

    /// <summary>Tokens the model was trained for; 0 when the file does not say.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Number of layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Width of the residual stream; 0 when the file does not say.</summary>
    public required int EmbeddingLength { get; init; }

    /// <summary>Attention heads; the most of any layer.</summary>
    public required int Heads { get; init; }

    /// <summary>Key and value heads of each layer; 0 for a layer without a KV cache.</summary>
    public required IReadOnlyList<int> KvHeads { get; init; }

    /// <summary>Length of one head's key.</summary>
    public required int KeyLength { get; init; }

    /// <summary>Length of one head's value.</summary>
    public required int ValueLength { get; init; }

    /// <summary>Number of tokens in the vocabulary; 0 when the file does not say.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>tokenizer.ggml.model, for instance gpt2 or llama; null when the file has none.</summary>
    public required string? TokenizerModel { get; init; }

    /// <summary>tokenizer.ggml.pre, for instance llama-bpe; null when the file has none.</summary>
    public required string? TokenizerPre { get; init; }

    /// <summary>The Jinja template of a chat; null when the file has none.</summary>
    public required string? ChatTemplate { get; init; }

    /// <summary>This file's number among the parts of a split model, from 1; 1 when it is whole.</summary>
    public required int Part { get; init; }

    /// <summary>How many parts the model has; 1 when it is whole.</summary>
    public required int Parts { get; init; }

    /// <summary>Bytes of all weights; tensors of unknown types count with their share of the file.</summary>
    public required long WeightBytes { get; init; }

    /// <summary>Size on disk, all parts.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Bytes of KV cache per token of context with 16-bit keys and values: the sum over layers of KV heads
    /// times (key length + value length) times 2. Models with sliding windows, latent attention or recurrent layers
    /// need less.</summary>
    public long KvBytesPerToken =>
        KvHeads.Sum(heads => (long)heads) * ((long)KeyLength + ValueLength) * MemoryNeed.KvElementBytes;

    /// <summary>Reads the facts off one file's header. Of a split model only the first part has them.</summary>
    public static FactsReading From(GgufHeader header)
    {
        try
        {
            return new FactsReading.Read(FactsReader.Read(header));
        }
        catch (GgufFaultException fault)
        {
            return new FactsReading.Faulty(fault.Fault);
        }
    }
}

/// <summary>What came of reading facts off a header.</summary>
public abstract record FactsReading
{
    private FactsReading()
    {
    }

    /// <summary>They could be read.</summary>
    public sealed record Read(GgufFacts Facts) : FactsReading;

    /// <summary>The header lacks or contradicts what every model has.</summary>
    public sealed record Faulty(GgufFault Fault) : FactsReading;
}
