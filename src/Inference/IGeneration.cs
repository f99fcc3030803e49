namespace AgenticOS.Inference;

/// <summary>A generation that the engine accepted. Any thread.</summary>
public interface IGeneration
{
    /// <summary>Tokens of the prompt, the beginning token among them.</summary>
    int PromptTokens { get; }

    /// <summary>
    /// Ends it at once, in whatever state it is; the listener hears <see cref="EndReason.Cancelled"/> unless it ended
    /// before. Cancelling twice, or after the end, does nothing.
    /// </summary>
    void Cancel();

    /// <summary>
    /// Lets a paused generation go on after <paramref name="injected"/>, which is tokenised with control tokens
    /// parsed and without a beginning token; empty goes on where it was. It may come as early as inside the
    /// OnText call that pauses. After the end it does nothing; a second one for the same pause throws
    /// <see cref="InvalidOperationException"/>.
    /// </summary>
    void Resume(string injected);
}
