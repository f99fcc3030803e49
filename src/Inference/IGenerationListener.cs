namespace AgenticOS.Inference;

/// <summary>
/// Hears what becomes of a generation. Called on the engine's thread only, where every other generation waits for it:
/// it returns at once, never blocks and never throws (one that throws stops the engine). The first call may come
/// before <see cref="Engine.Submit"/> has returned.
/// </summary>
public interface IGenerationListener
{
    /// <summary>It has a slot and its prompt is being read. At most once.</summary>
    void OnStarted(int promptTokens);

    /// <summary>
    /// More text: whole characters of valid UTF-8, never empty, valid during the call. What the model wrote that is
    /// not UTF-8 arrives as U+FFFD. <see cref="ListenerVerdict.Pause"/> wins over any end that this text coincides
    /// with: nothing further happens until the generation is resumed or cancelled.
    /// </summary>
    /// <param name="utf8">The text.</param>
    /// <param name="generatedTokens">Tokens generated up to here.</param>
    ListenerVerdict OnText(ReadOnlySpan<byte> utf8, int generatedTokens);

    /// <summary>It is over. Exactly once for every accepted generation, whatever happens, and the last call.</summary>
    void OnEnded(in GenerationEnd end);
}

/// <summary>What a listener wants after a piece of text.</summary>
public enum ListenerVerdict
{
    /// <summary>Go on.</summary>
    Continue,

    /// <summary>Stop before the next token and keep the context, until the generation is resumed.</summary>
    Pause,
}

/// <summary>Told after every step, so that what its listeners gathered can leave in one batch.</summary>
public interface IStepObserver
{
    /// <summary>All listeners of a step ran. On the engine's thread: returns at once, never throws.</summary>
    void OnStepCompleted();
}
