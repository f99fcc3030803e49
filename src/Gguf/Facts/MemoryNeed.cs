namespace AgenticOS.Gguf.Facts;

/// <summary>An estimate of the memory that a loaded model takes, made before it is loaded. It is meant to be a little
/// too high rather than too low; the engine's own figures replace it once the model is loaded.</summary>
/// <param name="WeightBytes">The weights as they lie in the file.</param>
/// <param name="KvBytes">KV cache of all slots at full context, 16-bit keys and values.</param>
/// <param name="ComputeBytes">Scratch memory of a decode step.</param>
public readonly record struct MemoryNeed(long WeightBytes, long KvBytes, long ComputeBytes)
{
    /// <summary>Bytes of one element of the KV cache (F16, the engine's default).</summary>
    public const int KvElementBytes = 2;

    /// <summary>Tokens of one micro-batch, the engine's default.</summary>
    public const int MicroBatch = 512;

    /// <summary>What a context takes however small the model is.</summary>
    public const long ComputeFloor = 16L << 20;

    /// <summary>Rows of the residual stream's width that are alive at once in a decode step, taken high.</summary>
    private const int ResidualRows = 8;

    /// <summary>All of it.</summary>
    public long TotalBytes => WeightBytes + KvBytes + ComputeBytes;

    /// <summary>The need of a model with that many slots, each with that many tokens of context. Compute memory is
    /// estimated as one micro-batch of 32-bit logits (512 x vocabulary, the largest buffer of common models: 250 MiB
    /// for Llama 3's 128,256 tokens) and a few rows of the residual stream, over a floor of 16 MiB.</summary>
    public static MemoryNeed Of(GgufFacts facts, int slots, int contextPerSlot)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slots);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(contextPerSlot);
        var row = facts.VocabularySize + ((long)ResidualRows * facts.EmbeddingLength);
        var compute = ComputeFloor + (row * MicroBatch * sizeof(float));
        var kv = (Int128)facts.KvBytesPerToken * slots * contextPerSlot;
        // A quarter of the range keeps the sum within it; no machine has as much.
        return new MemoryNeed(
            Math.Min(facts.WeightBytes, long.MaxValue / 4),
            (long)Int128.Min(kv, long.MaxValue / 4),
            Math.Min(compute, long.MaxValue / 4));
    }
}
