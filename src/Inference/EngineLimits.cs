namespace AgenticOS.Inference;

/// <summary>Limits that hold for every engine.</summary>
public static class EngineLimits
{
    /// <summary>The most sequences one context may hold; llama.cpp refuses more.</summary>
    public const int Slots = 256;

    /// <summary>The most tokens one draw considers.</summary>
    public const int CandidateTokens = 2048;

    /// <summary>The most recent tokens a repeat penalty may look back on.</summary>
    public const int RepeatTokens = 4096;

    /// <summary>The most stop strings of one request.</summary>
    public const int StopStrings = 16;

    /// <summary>The most UTF-8 bytes of one stop string.</summary>
    public const int StopStringBytes = 256;

    /// <summary>
    /// A cancel interrupts a running decode that carries at least so many tokens of the cancelled generation; the
    /// others' part of it is computed again, so a short decode is left to end by itself.
    /// </summary>
    public const int AbortWorthTokens = 32;

    /// <summary>A prefix shorter than this is read again rather than taken over from the cache.</summary>
    public const int ReuseWorthTokens = 32;
}
