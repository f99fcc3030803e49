namespace AgenticOS.Inference;

/// <summary>One generation, as it is asked for.</summary>
/// <param name="Prompt">The final text: the chat template is applied, control tokens are written out in it.</param>
/// <param name="Sampling">How tokens are chosen.</param>
/// <param name="MaxTokens">The most tokens to generate, pauses and all; at least one.</param>
/// <param name="StopStrings">Texts that end the generation and never reach the listener; none is empty.</param>
public sealed record GenerationRequest(
    string Prompt, SamplingSettings Sampling, int MaxTokens, IReadOnlyList<string> StopStrings)
{
    /// <summary>Throws <see cref="ArgumentException"/> when no engine can serve it.</summary>
    internal void Validate()
    {
        if (MaxTokens < 1)
            throw new ArgumentException($"A generation has at least one token, not {MaxTokens}.");
        if (!float.IsFinite(Sampling.Temperature) || !float.IsFinite(Sampling.TopP) || !float.IsFinite(Sampling.MinP))
            throw new ArgumentException("Temperature, top_p and min_p are numbers.");
        if (!(Sampling.RepeatPenalty > 0) || !float.IsFinite(Sampling.RepeatPenalty))
            throw new ArgumentException("A repeat penalty is above zero.");
    }
}

/// <summary>
/// How the next token is chosen: repeat penalty, then the top_k most likely, then min_p, then top_p, then temperature,
/// then the seeded draw. The same prompt, settings and seed give the same text when they run alone.
/// </summary>
/// <param name="Temperature">Zero or less takes the most likely token (greedy).</param>
/// <param name="TopK">How many of the most likely tokens are considered; zero is
/// <see cref="EngineLimits.CandidateTokens"/>, which is also the most.</param>
/// <param name="TopP">The most likely tokens until their probabilities reach this sum; one is off.</param>
/// <param name="MinP">No token less likely than this part of the most likely one; zero is off.</param>
/// <param name="RepeatPenalty">Divides positive and multiplies negative logits of recent tokens; one is off.</param>
/// <param name="RepeatLastN">How many tokens, those of the prompt among them, count as recent; zero is off.</param>
/// <param name="Seed">Where the draw begins.</param>
public sealed record SamplingSettings(
    float Temperature, int TopK, float TopP, float MinP, float RepeatPenalty, int RepeatLastN, ulong Seed)
{
    /// <summary>The most likely token, always.</summary>
    public static SamplingSettings Greedy { get; } = new(0, 0, 1, 0, 1, 0, 0);
}
