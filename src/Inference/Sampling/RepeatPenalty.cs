namespace AgenticOS.Inference.Sampling;

/// <summary>Makes recent tokens less likely, each of them once (Keskar et al. 2019, as llama.cpp applies it).</summary>
internal static class RepeatPenalty
{
    /// <summary>Writes the penalty into the logits.</summary>
    /// <param name="logits">Of the next token.</param>
    /// <param name="recent">The tokens to make less likely; the same one may occur often.</param>
    /// <param name="penalty">Divides positive logits and multiplies negative ones.</param>
    /// <param name="seen">A stamp for every token of the vocabulary.</param>
    internal static void Apply(Span<float> logits, ReadOnlySpan<int> recent, float penalty, TokenStamps seen)
    {
        seen.Renew();
        foreach (int token in recent)
            if (seen.Stamp(token))
                logits[token] = logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty;
    }
}

/// <summary>A set of tokens that is emptied at no cost.</summary>
internal sealed class TokenStamps(int vocabulary)
{
    private readonly int[] _stamps = new int[vocabulary];
    private int _current;

    /// <summary>Empties the set.</summary>
    internal void Renew()
    {
        if (++_current != int.MaxValue)
            return;
        Array.Clear(_stamps);
        _current = 1;
    }

    /// <summary>Adds a token; false when it was in the set.</summary>
    internal bool Stamp(int token)
    {
        if (_stamps[token] == _current)
            return false;
        _stamps[token] = _current;
        return true;
    }
}
