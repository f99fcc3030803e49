namespace AgenticOS.Inference;

/// <summary>What became of a request at the engine's door.</summary>
public abstract record Submission
{
    private Submission()
    {
    }

    /// <summary>It runs, or waits for a slot; its listener will hear its end.</summary>
    /// <param name="Generation">The handle.</param>
    public sealed record Accepted(IGeneration Generation) : Submission;

    /// <summary>The prompt leaves no room for even one token.</summary>
    /// <param name="PromptTokens">Tokens of the prompt.</param>
    /// <param name="Limit">The most it may have.</param>
    public sealed record TooLong(int PromptTokens, int Limit) : Submission;

    /// <summary>As many as allowed are waiting already.</summary>
    /// <param name="Limit">The most that may wait.</param>
    public sealed record QueueFull(int Limit) : Submission;

    /// <summary>The engine is stopping or has stopped.</summary>
    public sealed record Stopped : Submission;
}
