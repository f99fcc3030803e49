namespace AgenticOS.Kernel.Generation;

/// <summary>Bounds of generation settings; both ends are allowed unless said otherwise.</summary>
public static class GenerationLimits
{
    /// <summary>Highest temperature; 0 means greedy.</summary>
    public const float Temperature = 2;

    /// <summary>Highest top_p; it switches the cut off.</summary>
    public const float TopP = 1;

    /// <summary>Highest top_k; 0 switches the cut off.</summary>
    public const int TopK = 1_000_000;

    /// <summary>Highest min_p; 0 switches the cut off.</summary>
    public const float MinP = 1;

    /// <summary>Highest repeat_penalty; 1 switches it off, 0 itself is not allowed.</summary>
    public const float RepeatPenalty = 2;

    /// <summary>Highest budget of generated tokens; the lowest is 1.</summary>
    public const int MaxTokens = int.MaxValue;

    /// <summary>Longest text of assignments that is read, in characters.</summary>
    public const int AssignmentsLength = 4096;
}
