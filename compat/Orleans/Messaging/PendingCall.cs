namespace Orleans.Runtime;

/// <summary>
/// A promise that a caller holds until its call is answered, times out, is cancelled or loses its silo.
/// </summary>
internal abstract class PendingCall(Message request)
{
    public Message Request { get; } = request;

    /// <summary>When the caller's patience ends, in <see cref="Environment.TickCount64"/>.</summary>
    public long Deadline { get; set; }

    public TimeSpan Patience { get; set; }

    /// <summary>What watches the caller's own cancellation token.</summary>
    public CancellationTokenRegistration Cancellation { get; set; }

    public abstract void Complete(object? result);

    public abstract void Fail(Exception exception);
}

/// <inheritdoc />
internal sealed class PendingCall<T>(Message request) : PendingCall(request)
{
    // Continuations must not run on the thread that delivers the answer: it belongs to another activation's turn.
    private readonly TaskCompletionSource<T> promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => promise.Task;

    public override void Complete(object? result)
    {
        Cancellation.Dispose();
        if (result is T value)
            promise.TrySetResult(value);
        else if (result is null && default(T) is null)
            promise.TrySetResult(default!);
        else
            promise.TrySetException(new InvalidCastException($"{Request} was answered by a {result?.GetType()}."));
    }

    public override void Fail(Exception exception)
    {
        Cancellation.Dispose();
        if (exception is OperationCanceledException cancelled)
            promise.TrySetCanceled(cancelled.CancellationToken);
        else
            promise.TrySetException(exception);
    }
}
