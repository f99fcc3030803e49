namespace AgenticOS.Inference;

/// <summary>Why a generation ended.</summary>
public enum EndReason
{
    /// <summary>The model ended its turn, or a stop string came.</summary>
    Natural,

    /// <summary>The request's token limit.</summary>
    MaxTokens,

    /// <summary>The context has no room for another token.</summary>
    ContextFull,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>A decode failed; the detail says how. The same request may well succeed elsewhere.</summary>
    Failed,

    /// <summary>The engine was stopped under it. The same request may go on elsewhere.</summary>
    EngineStopped,
}

/// <summary>How a generation ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="PromptTokens">Tokens of the prompt, without what was injected later.</param>
/// <param name="GeneratedTokens">Tokens generated, the one that ended it among them.</param>
/// <param name="Elapsed">From submission to the end.</param>
/// <param name="Detail">For <see cref="EndReason.Failed"/>, what went wrong; else null.</param>
public readonly record struct GenerationEnd(
    EndReason Reason, int PromptTokens, int GeneratedTokens, TimeSpan Elapsed, string? Detail);
