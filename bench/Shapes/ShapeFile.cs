namespace AgenticOS.Shapes;

/// <summary>Writes a GGUF file with random weights.</summary>
public static class ShapeFile
{
    private const string ChatMl =
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' "
        + "+ '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    /// <summary>Writes a model of a shape, streaming, however many GB it has. The same seed, the same file.</summary>
    public static void Write(ModelShape shape, WeightType type, string path, int seed = 1)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var writer = new GgufWriter(stream);
        TensorShape[] tensors = [.. shape.Tensors()];
        WriteMetadata(shape, type, writer, tensors.Length);
        ulong offset = 0;
        foreach (TensorShape tensor in tensors)
            offset = writer.Tensor(tensor, TypeOf(tensor, type), offset);
        writer.Align();
        var weights = new RandomWeights(seed);
        foreach (TensorShape tensor in tensors)
            weights.Write(tensor, TypeOf(tensor, type), writer);
    }

    private static WeightType TypeOf(TensorShape tensor, WeightType type) =>
        tensor.IsVector ? WeightType.F32 : type;

    private static void WriteMetadata(ModelShape shape, WeightType type, GgufWriter writer, int tensors)
    {
        const int Pairs = 23;
        var vocabulary = new SpmVocabulary(shape.Vocabulary);
        writer.Begin(tensors, Pairs);
        writer.Pair("general.architecture", "llama");
        writer.Pair("general.name", $"random {shape.Name}");
        writer.Pair("general.file_type", type.FileType());
        writer.Pair("llama.context_length", (uint)shape.Context);
        writer.Pair("llama.embedding_length", (uint)shape.Embedding);
        writer.Pair("llama.block_count", (uint)shape.Layers);
        writer.Pair("llama.feed_forward_length", (uint)shape.FeedForward);
        writer.Pair("llama.attention.head_count", (uint)shape.Heads);
        writer.Pair("llama.attention.head_count_kv", (uint)shape.KvHeads);
        writer.Pair("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        writer.Pair("llama.rope.dimension_count", (uint)(shape.Embedding / shape.Heads));
        writer.Pair("llama.rope.freq_base", 10000f);
        writer.Pair("llama.vocab_size", (uint)shape.Vocabulary);
        writer.Pair("tokenizer.ggml.model", "llama");
        writer.Pair("tokenizer.ggml.tokens", vocabulary.Texts.AsReadOnly());
        writer.Pair("tokenizer.ggml.scores", vocabulary.Scores.ToArray());
        writer.Pair("tokenizer.ggml.token_type", vocabulary.Kinds.AsReadOnly());
        writer.Pair("tokenizer.ggml.bos_token_id", (uint)SpmVocabulary.Beginning);
        writer.Pair("tokenizer.ggml.eos_token_id", (uint)SpmVocabulary.End);
        writer.Pair("tokenizer.ggml.eot_token_id", (uint)SpmVocabulary.EndOfTurn);
        writer.Pair("tokenizer.ggml.unknown_token_id", 0u);
        writer.Pair("tokenizer.ggml.add_bos_token", true);
        writer.Pair("tokenizer.chat_template", ChatMl);
    }
}
