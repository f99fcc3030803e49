namespace AgenticOS.Inference.Sampling;

/// <summary>A token that may be drawn, and its logit.</summary>
internal readonly record struct Candidate(float Logit, int Token) : IComparable<Candidate>
{
    /// <summary>The likelier first; of equals the lower token, so that the order is the same everywhere.</summary>
    public int CompareTo(Candidate other) =>
        Logit > other.Logit ? -1 : Logit < other.Logit ? 1 : Token.CompareTo(other.Token);
}
