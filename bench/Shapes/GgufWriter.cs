using System.Text;

namespace AgenticOS.Shapes;

/// <summary>
/// Writes GGUF version 3, front to back, so that a file may be larger than memory: metadata, then the list of tensors,
/// then their bytes in the same order.
/// </summary>
internal sealed class GgufWriter(Stream stream) : IDisposable
{
    private const int Alignment = 32;
    private const int UInt32 = 4;
    private const int Int32 = 5;
    private const int Float32 = 6;
    private const int Boolean = 7;
    private const int String = 8;
    private const int Array = 9;
    private readonly BinaryWriter _writer = new(stream, Encoding.UTF8, leaveOpen: true);

    internal void Begin(int tensors, int pairs)
    {
        _writer.Write("GGUF"u8);
        _writer.Write(3u);
        _writer.Write((ulong)tensors);
        _writer.Write((ulong)pairs);
    }

    internal void Pair(string key, uint value)
    {
        Key(key, UInt32);
        _writer.Write(value);
    }

    internal void Pair(string key, float value)
    {
        Key(key, Float32);
        _writer.Write(value);
    }

    internal void Pair(string key, bool value)
    {
        Key(key, Boolean);
        _writer.Write(value);
    }

    internal void Pair(string key, string value)
    {
        Key(key, String);
        Text(value);
    }

    internal void Pair(string key, IReadOnlyCollection<string> values)
    {
        ArrayKey(key, String, values.Count);
        foreach (string value in values)
            Text(value);
    }

    internal void Pair(string key, IReadOnlyCollection<float> values)
    {
        ArrayKey(key, Float32, values.Count);
        foreach (float value in values)
            _writer.Write(value);
    }

    internal void Pair(string key, IReadOnlyCollection<int> values)
    {
        ArrayKey(key, Int32, values.Count);
        foreach (int value in values)
            _writer.Write(value);
    }

    /// <summary>Announces a tensor and returns where the next one begins.</summary>
    internal ulong Tensor(TensorShape tensor, WeightType type, ulong offset)
    {
        Text(tensor.Name);
        _writer.Write(tensor.IsVector ? 1u : 2u);
        _writer.Write((ulong)tensor.Columns);
        if (!tensor.IsVector)
            _writer.Write((ulong)tensor.Rows);
        _writer.Write((uint)type);
        _writer.Write(offset);
        long weights = (long)tensor.Columns * Math.Max(1, tensor.Rows);
        return Aligned(offset + (ulong)type.Bytes(weights));
    }

    /// <summary>Fills up to where a tensor may begin.</summary>
    internal void Align()
    {
        _writer.Flush();
        while (stream.Position % Alignment != 0)
            stream.WriteByte(0);
    }

    internal void Write(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    public void Dispose() => _writer.Dispose();

    private static ulong Aligned(ulong offset) => (offset + Alignment - 1) / Alignment * Alignment;

    private void ArrayKey(string key, int type, int count)
    {
        Key(key, Array);
        _writer.Write((uint)type);
        _writer.Write((ulong)count);
    }

    private void Key(string key, int type)
    {
        Text(key);
        _writer.Write((uint)type);
    }

    private void Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        _writer.Write((ulong)utf8.Length);
        _writer.Write(utf8);
    }
}
