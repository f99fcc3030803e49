namespace AgenticOS.Shapes;

/// <summary>
/// The dimensions of a Llama model. Speed depends on these and not on what the weights say, so a random model of a
/// shape stands in for a trained one wherever only time and memory are measured.
/// </summary>
/// <param name="Name">What the shape is called on the command line.</param>
/// <param name="Embedding">Width of the residual stream.</param>
/// <param name="Layers">How many layers.</param>
/// <param name="Heads">Attention heads; the head size is embedding over heads.</param>
/// <param name="KvHeads">Heads of keys and values.</param>
/// <param name="FeedForward">Width of the feed-forward part.</param>
/// <param name="Vocabulary">Tokens, at least <see cref="SpmVocabulary.Least"/>.</param>
/// <param name="Context">The context length the file claims to be trained for.</param>
public sealed record ModelShape(
    string Name, int Embedding, int Layers, int Heads, int KvHeads, int FeedForward, int Vocabulary, int Context)
{
    /// <summary>The shapes known by name.</summary>
    public static IReadOnlyList<ModelShape> Known { get; } =
    [
        new("tiny", 64, 5, 8, 4, 192, 512, 2048),
        new("100m", 768, 12, 12, 4, 2048, 32000, 4096),
        new("1b", 2048, 16, 32, 8, 8192, 32000, 8192),
        new("8b", 4096, 32, 32, 8, 14336, 128256, 131072),
    ];

    /// <summary>The shape of a name, or null.</summary>
    public static ModelShape? Named(string name) => Known.FirstOrDefault(shape => shape.Name == name);

    /// <summary>Width of keys and of values in one layer.</summary>
    public int KvWidth => Embedding / Heads * KvHeads;

    /// <summary>Tensors in the order of the file: name, columns (the dot product's length) and rows.</summary>
    public IEnumerable<TensorShape> Tensors()
    {
        yield return new("token_embd.weight", Embedding, Vocabulary);
        yield return new("output_norm.weight", Embedding);
        yield return new("output.weight", Embedding, Vocabulary);
        for (int layer = 0; layer < Layers; layer++)
        {
            string block = $"blk.{layer}.";
            yield return new(block + "attn_norm.weight", Embedding);
            yield return new(block + "attn_q.weight", Embedding, Embedding);
            yield return new(block + "attn_k.weight", Embedding, KvWidth);
            yield return new(block + "attn_v.weight", Embedding, KvWidth);
            yield return new(block + "attn_output.weight", Embedding, Embedding);
            yield return new(block + "ffn_norm.weight", Embedding);
            yield return new(block + "ffn_gate.weight", Embedding, FeedForward);
            yield return new(block + "ffn_up.weight", Embedding, FeedForward);
            yield return new(block + "ffn_down.weight", FeedForward, Embedding);
        }
    }
}

/// <summary>One tensor: its columns, and its rows when it is a matrix.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Columns">Length of one row.</param>
/// <param name="Rows">How many rows; zero for a vector.</param>
public readonly record struct TensorShape(string Name, int Columns, int Rows = 0)
{
    /// <summary>A vector of norms, always stored as single floats.</summary>
    public bool IsVector => Rows == 0;
}
