using AgenticOS.Inference.Model;
using Microsoft.Extensions.Logging;

namespace AgenticOS.Inference;

/// <summary>
/// Runs many generations on one model at once (continuous batching). One thread owns the model's context; callers
/// only leave messages for it.
/// </summary>
public sealed class Engine : IAsyncDisposable
{
    private readonly EngineRoom _room;
    private readonly EngineThread _thread;
    private readonly int _liveLimit;

    private Engine(EngineThread thread, EngineOptions options)
    {
        _thread = thread;
        _room = thread.Room;
        _liveLimit = options.Slots + options.QueueLimit;
    }

    /// <summary>How busy it is. Any thread, without a lock.</summary>
    public EngineLoad Load => _room.Figures.Read();

    /// <summary>The most tokens one generation may hold, prompt and all.</summary>
    public int ContextPerGeneration => _room.TokenLimit;

    /// <summary>Completes when the engine has stopped, by itself or because it was disposed; never fails.</summary>
    public Task Completion => _thread.Completion;

    /// <summary>
    /// Opens a context on a model and starts its thread. The model stays the caller's and must outlive the engine.
    /// Throws <see cref="ModelUnusableException"/> when there is no memory for the context.
    /// </summary>
    public static Engine Start(
        IModel model, EngineOptions options, TimeProvider time, ILogger logger, IStepObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new Engine(
            EngineThread.Start(
                logger,
                time,
                () => new EngineRoom(
                    model.Vocabulary, model.CreateContext(options.ContextShape()), options, time, observer)),
            options);
    }

    /// <summary>
    /// Asks for a generation. Any thread; does not wait. Throws <see cref="ArgumentException"/> for a request that
    /// breaks <see cref="EngineLimits"/> or makes no sense.
    /// </summary>
    public Submission Submit(GenerationRequest request, IGenerationListener listener)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(listener);
        request.Validate();
        if (_room.Mailbox.Closed)
            return new Submission.Stopped();
        int[] prompt = _room.Vocabulary.TokenizePrompt(request.Prompt);
        if (prompt.Length == 0)
            throw new ArgumentException("The prompt has no tokens.", nameof(request));
        if (prompt.Length >= _room.TokenLimit)
            return new Submission.TooLong(prompt.Length, _room.TokenLimit - 1);
        var generation = new Generation(request, listener, prompt, _room);
        if (!_room.Figures.TryEnter(_liveLimit))
            return new Submission.QueueFull(_room.Options.QueueLimit);
        if (_room.Mailbox.Post(generation))
            return new Submission.Accepted(generation);
        _room.Figures.Leave();
        return new Submission.Stopped();
    }

    /// <summary>How many tokens a prompt has, its beginning token among them. Any thread.</summary>
    public int CountTokens(string text) => _room.Vocabulary.TokenizePrompt(text).Length;

    /// <summary>
    /// Stops: no more submissions, every generation ends, the context is freed. Completes when all of that is done.
    /// Not from a listener.
    /// </summary>
    public async ValueTask DisposeAsync() => await _thread.StopAsync();
}
