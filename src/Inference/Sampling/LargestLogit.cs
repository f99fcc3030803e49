using System.Numerics;
using System.Runtime.InteropServices;

namespace AgenticOS.Inference.Sampling;

/// <summary>The most likely token, over the library's own memory and with its widest vectors.</summary>
internal static class LargestLogit
{
    /// <summary>Logits of one block; the winner is looked for in the best block only.</summary>
    private const int Block = 1024;

    /// <summary>The first of the largest logits, or -1 when none is a number.</summary>
    internal static int Find(ReadOnlySpan<float> logits)
    {
        int bestBlock = -1;
        float best = float.NegativeInfinity;
        for (int start = 0; start < logits.Length; start += Block)
        {
            float largest = LargestOf(logits.Slice(start, Math.Min(Block, logits.Length - start)));
            if (largest > best)
            {
                best = largest;
                bestBlock = start;
            }
        }

        if (bestBlock < 0)
            return -1;
        int token = bestBlock;
        while (logits[token] != best)
            token++;
        return token;
    }

    private static float LargestOf(ReadOnlySpan<float> block)
    {
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(block);
        float largest = float.NegativeInfinity;
        if (!vectors.IsEmpty)
        {
            Vector<float> lanes = new(float.NegativeInfinity);
            Vector<float> others = lanes;
            int i = 0;
            for (; i + 1 < vectors.Length; i += 2)
            {
                lanes = Larger(vectors[i], lanes);
                others = Larger(vectors[i + 1], others);
            }

            if (i < vectors.Length)
                lanes = Larger(vectors[i], lanes);
            lanes = Larger(others, lanes);
            for (int lane = 0; lane < Vector<float>.Count; lane++)
                largest = Math.Max(largest, lanes[lane]);
        }

        for (int i = vectors.Length * Vector<float>.Count; i < block.Length; i++)
            if (block[i] > largest)
                largest = block[i];
        return largest;
    }

    /// <summary>Lane by lane the candidate where it is larger; never what is not a number.</summary>
    private static Vector<float> Larger(Vector<float> candidate, Vector<float> best) =>
        Vector.ConditionalSelect(Vector.GreaterThan(candidate, best), candidate, best);
}
