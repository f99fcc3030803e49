namespace Orleans.Runtime;

/// <summary>
/// One request on its way to a grain or an observer. Its arguments are copies that only the callee sees.
/// </summary>
internal sealed class Message
{
    private IMessageHolder? holder;
    private CancellationTokenSource? cancellation;
    private bool cancelled;

    public long Id { get; set; }

    public GrainId TargetGrain { get; init; }

    /// <summary>The silo that the request was last sent to.</summary>
    public SiloAddress? TargetSilo { get; set; }

    public GrainId SendingGrain { get; init; }

    /// <summary>Null for a message that the activation sends itself, see <see cref="LocalTurn"/>.</summary>
    public GrainMethod? Method { get; init; }

    public object?[] Arguments { get; init; } = [];

    /// <summary>The references among the arguments, at any depth.</summary>
    public List<GrainReference>? References { get; init; }

    public Dictionary<string, object>? RequestContext { get; init; }

    /// <summary>Who waits for the answer; null for one-way requests.</summary>
    public GrainCaller? ReplyTo { get; init; }

    /// <summary>The silo that the request entered the cluster through or was made on.</summary>
    public SiloAddress? SendingSilo { get; set; }

    /// <summary>How often it was sent on because its target had moved.</summary>
    public int ForwardCount { get; set; }

    /// <summary>Work of the activation itself, such as a timer's tick, that takes a turn like a request.</summary>
    public ILocalTurn? LocalTurn { get; init; }

    public bool IsReadOnly => Method is { IsReadOnly: true };

    public bool IsAlwaysInterleave => LocalTurn is { Interleave: true } || Method is { IsAlwaysInterleave: true };

    /// <summary>False when serving it does not count as use of the grain.</summary>
    public bool IsKeepAlive => LocalTurn is null or { KeepAlive: true };

    /// <summary>The callee takes the message; its token is cancelled when the caller's is.</summary>
    public void TakenBy(IMessageHolder newHolder, GrainCaller receiver)
    {
        GrainCaller.Bind(References, receiver);
        Interlocked.Exchange(ref holder, newHolder);
        if (Method is { CancellationIndex: >= 0 and var index } && cancellation is null)
        {
            cancellation = new CancellationTokenSource();
            Arguments[index] = cancellation.Token;
        }

        if (Volatile.Read(ref cancelled))
            newHolder.OnCancelled(this);
    }

    /// <summary>The caller no longer wants the answer; tells the callee, wherever the message is.</summary>
    public void RequestCancellation()
    {
        if (Method is not { CancellationIndex: >= 0 })
            return;
        Interlocked.Exchange(ref cancelled, true);
        Volatile.Read(ref holder)?.OnCancelled(this);
    }

    /// <summary>Cancels the callee's token; called on the callee's scheduler.</summary>
    public void Cancel() => cancellation?.Cancel();

    public void Respond(object? result, Exception? exception)
    {
        if (exception is null)
            ReplyTo?.Calls.Complete(Id, result);
        else
            ReplyTo?.Calls.Fail(Id, exception);
    }

    public override string ToString() =>
        $"Request [{SendingSilo} {SendingGrain}]->[{TargetSilo} {TargetGrain}] {Method} #{Id}"
        + (ForwardCount > 0 ? $"[ForwardCount={ForwardCount}]" : "");
}

/// <summary>Who works on a message at the callee's side.</summary>
internal interface IMessageHolder
{
    /// <summary>The caller gave the message up.</summary>
    void OnCancelled(Message message);
}

/// <summary>Work that takes a turn of an activation without being a call of its interface.</summary>
internal interface ILocalTurn
{
    bool Interleave { get; }

    bool KeepAlive { get; }

    Task RunAsync();
}
