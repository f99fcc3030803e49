using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AgenticOS.Shapes;

/// <summary>
/// Weights without meaning, uniform around zero and of the size that keeps a network's signals bounded. The same seed
/// gives the same bytes.
/// </summary>
internal sealed class RandomWeights(int seed)
{
    private const int ChunkWeights = 32 * 1024;

    // Spread of a uniform distribution between -1 and 1.
    private static readonly double s_unitSpread = 1 / Math.Sqrt(3);
    private readonly byte[] _chunk = new byte[ChunkWeights * 4];
    private readonly byte[] _noise = new byte[ChunkWeights * 4];
#pragma warning disable CA5394 // Noise, not secrets.
    private readonly Random _random = new(seed);

    internal void Write(TensorShape tensor, WeightType type, GgufWriter writer)
    {
        double spread = 1 / Math.Sqrt(tensor.Columns);
        long left = (long)tensor.Columns * Math.Max(1, tensor.Rows);
        while (left > 0)
        {
            int count = (int)Math.Min(left, ChunkWeights);
            Span<byte> chunk = _chunk.AsSpan(0, (int)type.Bytes(count));
            if (tensor.IsVector)
                MemoryMarshal.Cast<byte, float>(chunk).Fill(1);
            else
                Fill(chunk, type, spread);
            writer.Write(chunk);
            left -= count;
        }

        writer.Align();
    }

    private void Fill(Span<byte> chunk, WeightType type, double spread)
    {
        switch (type)
        {
            case WeightType.F32:
                foreach (ref float weight in MemoryMarshal.Cast<byte, float>(chunk))
                    weight = Uniform(spread);
                break;
            case WeightType.F16:
                foreach (ref Half weight in MemoryMarshal.Cast<byte, Half>(chunk))
                    weight = (Half)Uniform(spread);
                break;
            case WeightType.Q4_0:
                FillBlocks(chunk, 18, spread / (8 * s_unitSpread));
                break;
            case WeightType.Q8_0:
                FillBlocks(chunk, 34, spread / (128 * s_unitSpread));
                break;
        }
    }

    private float Uniform(double spread) =>
        (float)(((_random.NextDouble() * 2) - 1) * spread / s_unitSpread);

    private void FillBlocks(Span<byte> chunk, int blockBytes, double scale)
    {
        Span<byte> noise = _noise.AsSpan(0, chunk.Length);
        _random.NextBytes(noise);
        noise.CopyTo(chunk);
        for (int at = 0; at < chunk.Length; at += blockBytes)
            BinaryPrimitives.WriteHalfLittleEndian(chunk[at..], (Half)scale);
    }
}
