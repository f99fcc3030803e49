using AgenticOS.Inference.Model;
using AgenticOS.Inference.Sampling;
using AgenticOS.Inference.Text;

namespace AgenticOS.Inference;

/// <summary>
/// One generation. Its tokens are the prompt and all that came after it; the cache holds the first
/// <see cref="Cached"/> of them, and the rest is what the next steps feed. Reading a prompt, generating, going on
/// after a pause and coming back after an eviction are therefore one and the same thing.
/// All but the public members belongs to the engine's thread.
/// </summary>
internal sealed class Generation : IGeneration
{
    /// <summary>No slot.</summary>
    internal const int None = -1;

    private readonly Mailbox _mailbox;
    private readonly IVocabulary _vocabulary;
    private readonly IModelContext _context;
    private volatile bool _cancelled;
    private volatile bool _ended;
    private volatile int _abortableTokens;
    private int[]? _injected;

    internal Generation(GenerationRequest request, IGenerationListener listener, int[] prompt, EngineRoom room)
    {
        _mailbox = room.Mailbox;
        _vocabulary = room.Vocabulary;
        _context = room.Context;
        Listener = listener;
        MaxTokens = request.MaxTokens;
        PromptTokens = prompt.Length;
        Tokens = [.. prompt];
        Sampler = new TokenSampler(request.Sampling);
        Text = new TextAssembler(new StopStrings(request.StopStrings));
        SubmittedAt = room.Time.GetTimestamp();
    }

    /// <inheritdoc/>
    public int PromptTokens { get; }

    internal IGenerationListener Listener { get; }

    internal int MaxTokens { get; }

    internal TokenSampler Sampler { get; }

    internal TextAssembler Text { get; }

    internal List<int> Tokens { get; }

    internal long SubmittedAt { get; }

    internal GenerationState State { get; set; } = GenerationState.Waiting;

    internal int Slot { get; set; } = None;

    internal int Cached { get; set; }

    internal int Generated { get; set; }

    internal bool Started { get; set; }

    /// <summary>When it was paused, as a timestamp of the engine's time.</summary>
    internal long PausedAt { get; set; }

    /// <summary>The end that a pause put off.</summary>
    internal EndReason? DeferredEnd { get; set; }

    /// <summary>Tokens not yet in the cache.</summary>
    internal int Pending => Tokens.Count - Cached;

    internal bool Cancelled => _cancelled;

    /// <summary>
    /// How many of its tokens a running decode carries; when they are many, a cancel aborts that decode.
    /// </summary>
    internal int AbortableTokens
    {
        set => _abortableTokens = value;
    }

    /// <inheritdoc/>
    public void Cancel()
    {
        if (_cancelled || _ended)
            return;
        _cancelled = true;
        if (_abortableTokens >= EngineLimits.AbortWorthTokens)
            _context.Abort();
        _mailbox.Attend(this);
    }

    /// <inheritdoc/>
    public void Resume(string injected)
    {
        ArgumentNullException.ThrowIfNull(injected);
        if (_ended)
            return;
        int[] tokens = injected.Length == 0 ? [] : _vocabulary.Tokenize(injected, parseSpecial: true);
        if (Interlocked.CompareExchange(ref _injected, tokens, null) is not null)
            throw new InvalidOperationException("This pause was resumed already.");
        _mailbox.Attend(this);
    }

    /// <summary>What the pause is to go on with, once; null while nobody resumed it.</summary>
    internal int[]? TakeInjected() => Interlocked.Exchange(ref _injected, null);

    /// <summary>A resume that came before the pause is looked at again, now that there is one.</summary>
    internal void AttendIfResumed()
    {
        if (Volatile.Read(ref _injected) is not null)
            _mailbox.Attend(this);
    }

    /// <summary>Tells the listener of the end. Exactly once.</summary>
    internal void End(EndReason reason, TimeSpan elapsed, string? detail)
    {
        Invariant.Holds(!_ended, "a generation ends once");
        _ended = true;
        State = GenerationState.Ended;
        Listener.OnEnded(new GenerationEnd(reason, PromptTokens, Generated, elapsed, detail));
    }
}

/// <summary>Where a generation stands.</summary>
internal enum GenerationState
{
    /// <summary>In line for a slot.</summary>
    Waiting,

    /// <summary>In a slot, part of every step.</summary>
    Running,

    /// <summary>Waits to be resumed, in a slot unless it had to give that up.</summary>
    Paused,

    /// <summary>Over.</summary>
    Ended,
}
