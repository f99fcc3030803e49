using System.Text;

namespace AgenticOS.Gguf.Tests;

/// <summary>Writes GGUF files of any kind, valid and not.</summary>
internal sealed class GgufWriter
{
    private const int Alignment = 32;

    private readonly List<(string Key, Action<BinaryWriter> Value)> _metadata = [];
    private readonly List<(string Name, ulong[] Dimensions, uint Type, ulong Bytes)> _tensors = [];

    public uint Version { get; init; } = 3;

    public ulong? KeyCount { get; init; }

    public ulong? TensorCount { get; init; }

    /// <summary>A small Llama, in the shape of the real ones.</summary>
    public static GgufWriter Llama() => new GgufWriter()
        .Text("general.architecture", "llama")
        .Text("general.name", "Tiny Llama 3.1")
        .Whole("general.file_type", 7)
        .Whole("llama.block_count", 2)
        .Whole("llama.context_length", 512)
        .Whole("llama.embedding_length", 64)
        .Whole("llama.attention.head_count", 8)
        .Whole("llama.attention.head_count_kv", 4)
        .Real("llama.rope.freq_base", 10_000)
        .Text("tokenizer.ggml.model", "gpt2")
        .Text("tokenizer.ggml.pre", "llama-bpe")
        .Texts("tokenizer.ggml.tokens", "a", "b", "c")
        .Text("tokenizer.chat_template", "{{ '<|start_header_id|>' }}")
        .Tensor("token_embd.weight", 8, 34 * 6, 64, 3)
        .Tensor("output_norm.weight", 0, 4 * 64, 64);

    public GgufWriter Text(string key, string value) => Value(key, 8, writer => Text(writer, value));

    public GgufWriter Whole(string key, uint value) => Value(key, 4, writer => writer.Write(value));

    public GgufWriter Real(string key, float value) => Value(key, 6, writer => writer.Write(value));

    public GgufWriter Texts(string key, params string[] values) => Value(key, 9, writer =>
    {
        writer.Write(8u);
        writer.Write((ulong)values.Length);
        foreach (var value in values)
            Text(writer, value);
    });

    public GgufWriter Wholes(string key, params int[] values) => Value(key, 9, writer =>
    {
        writer.Write(5u);
        writer.Write((ulong)values.Length);
        foreach (var value in values)
            writer.Write(value);
    });

    public GgufWriter Value(string key, uint type, Action<BinaryWriter> value)
    {
        _metadata.RemoveAll(entry => entry.Key == key);
        return Again(key, type, value);
    }

    /// <summary>Writes a key without regard to whether it stands there already.</summary>
    public GgufWriter Again(string key, uint type, Action<BinaryWriter> value)
    {
        void Typed(BinaryWriter writer)
        {
            writer.Write(type);
            value(writer);
        }

        _metadata.Add((key, Typed));
        return this;
    }

    public GgufWriter Without(string key)
    {
        _metadata.RemoveAll(entry => entry.Key == key);
        return this;
    }

    public GgufWriter WithoutTensors()
    {
        _tensors.Clear();
        return this;
    }

    public GgufWriter Tensor(string name, uint type, ulong bytes, params ulong[] dimensions)
    {
        _tensors.Add((name, dimensions, type, bytes));
        return this;
    }

    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("GGUF"u8);
        writer.Write(Version);
        writer.Write(TensorCount ?? (ulong)_tensors.Count);
        writer.Write(KeyCount ?? (ulong)_metadata.Count);
        foreach (var (key, value) in _metadata)
        {
            Text(writer, key);
            value(writer);
        }

        ulong offset = 0;
        foreach (var (name, dimensions, type, bytes) in _tensors)
        {
            Text(writer, name);
            writer.Write((uint)dimensions.Length);
            foreach (var extent in dimensions)
                writer.Write(extent);
            writer.Write(type);
            writer.Write(offset);
            offset += (bytes + Alignment - 1) / Alignment * Alignment;
        }

        Pad(stream);
        foreach (var (_, _, _, bytes) in _tensors)
        {
            writer.Write(new byte[bytes]);
            Pad(stream);
        }

        return stream.ToArray();
    }

    private static void Text(BinaryWriter writer, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private static void Pad(MemoryStream stream)
    {
        while (stream.Position % Alignment != 0)
            stream.WriteByte(0);
    }
}
