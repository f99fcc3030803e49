namespace AgenticOS.Inference.Sampling;

/// <summary>
/// Chooses the tokens of one generation, in the order of <see cref="SamplingSettings"/>. Picking few candidates first
/// is what keeps top_p from sorting the whole vocabulary; min_p goes before top_p because it then helps with that.
/// </summary>
internal sealed class TokenSampler
{
    /// <summary>
    /// Below the best logit by this many temperatures a token's share is under 2e-8, and it is not considered.
    /// </summary>
    private const float Negligible = 18;

    private readonly SamplingSettings _settings;
    private readonly int _limit;
    private Xoshiro256 _random;

    internal TokenSampler(SamplingSettings settings)
    {
        _settings = settings;
        _limit = settings.TopK is > 0 and < EngineLimits.CandidateTokens
            ? settings.TopK : EngineLimits.CandidateTokens;
        _random = new Xoshiro256(settings.Seed);
    }

    /// <summary>
    /// The next token, or -1 when no logit is a number. Writes into the logits.
    /// </summary>
    internal int Choose(Span<float> logits, ReadOnlySpan<int> history, SamplerScratch scratch)
    {
        if (_settings.RepeatPenalty != 1 && _settings.RepeatLastN > 0)
        {
            int recent = Math.Min(history.Length, Math.Min(_settings.RepeatLastN, EngineLimits.RepeatTokens));
            RepeatPenalty.Apply(logits, history[^recent..], _settings.RepeatPenalty, scratch.Seen);
        }

        int best = LargestLogit.Find(logits);
        if (_settings.Temperature <= 0 || best < 0)
            return best;
        return Draw(logits, logits[best], scratch.Candidates);
    }

    private int Draw(ReadOnlySpan<float> logits, float best, CandidateHeap heap)
    {
        float least = best - (Negligible * Math.Max(1, _settings.Temperature));
        if (_settings.MinP > 0)
            least = Math.Max(least, best + MathF.Log(Math.Min(1, _settings.MinP)));
        ReadOnlySpan<Candidate> candidates = heap.Pick(logits, _limit, least);
        candidates = candidates[..NucleusLength(candidates, heap.Weights)];
        Span<float> weights = heap.Weights[..candidates.Length];
        float sum = 0;
        for (int i = 0; i < candidates.Length; i++)
            sum += weights[i] = MathF.Exp((candidates[i].Logit - best) / _settings.Temperature);
        double left = _random.NextUnit() * sum;
        for (int i = 0; i < candidates.Length; i++)
            if ((left -= weights[i]) < 0)
                return candidates[i].Token;
        return candidates[^1].Token;
    }

    /// <summary>How many of the likeliest it takes to reach top_p; at least one.</summary>
    private int NucleusLength(ReadOnlySpan<Candidate> candidates, Span<float> weights)
    {
        if (_settings.TopP >= 1)
            return candidates.Length;
        float sum = 0;
        for (int i = 0; i < candidates.Length; i++)
            sum += weights[i] = MathF.Exp(candidates[i].Logit - candidates[0].Logit);
        float reached = 0;
        for (int i = 0; i < candidates.Length; i++)
            if ((reached += weights[i]) >= _settings.TopP * sum)
                return i + 1;
        return candidates.Length;
    }
}

/// <summary>Memory that every draw of an engine uses in turn.</summary>
/// <param name="vocabulary">Tokens of the vocabulary.</param>
internal sealed class SamplerScratch(int vocabulary)
{
    /// <summary>For picking candidates.</summary>
    internal CandidateHeap Candidates { get; } = new();

    /// <summary>For tokens already penalised.</summary>
    internal TokenStamps Seen { get; } = new(vocabulary);
}
