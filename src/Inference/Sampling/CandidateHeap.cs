using System.Numerics;
using System.Runtime.InteropServices;

namespace AgenticOS.Inference.Sampling;

/// <summary>
/// Picks the most likely tokens out of a vocabulary in one pass. It keeps the best so far in a heap with the least
/// likely on top, and skips whole vectors of logits that do not reach it; so its cost hardly grows with how many
/// tokens there are, and everything after it works on a handful. One for an engine, used by one draw at a time.
/// </summary>
internal sealed class CandidateHeap
{
    private readonly Candidate[] _heap = new Candidate[EngineLimits.CandidateTokens];
    private readonly float[] _weights = new float[EngineLimits.CandidateTokens];
    private int _limit;
    private int _count;
    private float _floor;

    /// <summary>Room for a weight for each candidate.</summary>
    internal Span<float> Weights => _weights.AsSpan(0, _count);

    /// <summary>
    /// The at most <paramref name="limit"/> most likely tokens with a logit of at least <paramref name="least"/>,
    /// the likeliest first. Valid until the next call.
    /// </summary>
    internal ReadOnlySpan<Candidate> Pick(ReadOnlySpan<float> logits, int limit, float least)
    {
        _limit = limit;
        _count = 0;
        _floor = float.BitDecrement(least);
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(logits);
        for (int i = 0; i < vectors.Length; i++)
            if (Vector.GreaterThanAny(vectors[i], new Vector<float>(_floor)))
                for (int lane = 0; lane < Vector<float>.Count; lane++)
                    Offer(logits, (i * Vector<float>.Count) + lane);
        for (int token = vectors.Length * Vector<float>.Count; token < logits.Length; token++)
            Offer(logits, token);
        Span<Candidate> picked = _heap.AsSpan(0, _count);
        picked.Sort();
        return picked;
    }

    private void Offer(ReadOnlySpan<float> logits, int token)
    {
        if (!(logits[token] > _floor))
            return;
        var candidate = new Candidate(logits[token], token);
        if (_count < _limit)
            Rise(candidate);
        else
            Sink(candidate);
        if (_count == _limit)
            _floor = _heap[0].Logit;
    }

    private void Rise(Candidate candidate)
    {
        int at = _count++;
        while (at > 0 && candidate.CompareTo(_heap[(at - 1) / 2]) > 0)
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = candidate;
    }

    private void Sink(Candidate candidate)
    {
        int at = 0;
        while ((2 * at) + 1 < _count)
        {
            int child = (2 * at) + 1;
            if (child + 1 < _count && _heap[child + 1].CompareTo(_heap[child]) > 0)
                child++;
            if (candidate.CompareTo(_heap[child]) >= 0)
                break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = candidate;
    }
}
