using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>
/// The calls of one silo or client that are not answered yet, and the clock that ends their patience.
/// </summary>
internal sealed class CallTable : IDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<long, PendingCall> pending = new();
    private readonly bool cancelOnTimeout;
    private readonly ITimer sweeper;
    private long lastId;
    private bool closed;

    public CallTable(TimeProvider time, bool cancelOnTimeout)
    {
        this.cancelOnTimeout = cancelOnTimeout;
        using (ExecutionContext.SuppressFlow())
            sweeper = time.CreateTimer(static state => ((CallTable)state!).Sweep(), this, SweepPeriod, SweepPeriod);
    }

    /// <summary>Takes a call; false when the host has stopped and the call has failed of it.</summary>
    public bool TryAdd(PendingCall call, TimeSpan patience)
    {
        call.Patience = patience;
        call.Deadline = patience == Timeout.InfiniteTimeSpan
            ? long.MaxValue
            : Environment.TickCount64 + (long)patience.TotalMilliseconds;
        call.Request.Id = Interlocked.Increment(ref lastId);
        pending[call.Request.Id] = call;
        // Looked at after the call is in: whoever stops the host sees either the call or nothing more to end.
        return !Volatile.Read(ref closed) || !Fail(call.Request.Id, HostIsGone(call.Request));
    }

    public void Complete(long id, object? result)
    {
        if (pending.TryRemove(id, out var call))
            call.Complete(result);
    }

    public bool Fail(long id, Exception exception)
    {
        if (!pending.TryRemove(id, out var call))
            return false;
        call.Fail(exception);
        return true;
    }

    /// <summary>Ends the calls that were sent to a silo which is gone.</summary>
    public void BreakCallsTo(SiloAddress silo)
    {
        foreach (var (id, call) in pending)
        {
            if (silo.Equals(call.Request.TargetSilo))
                Fail(id, new SiloUnavailableException(
                    $"The target silo became unavailable for message: {call.Request}."));
        }
    }

    /// <summary>Ends every call because the host stops.</summary>
    public void Dispose()
    {
        Volatile.Write(ref closed, true);
        sweeper.Dispose();
        foreach (var (id, call) in pending)
            Fail(id, HostIsGone(call.Request));
    }

    private static SiloUnavailableException HostIsGone(Message request) =>
        new($"The local Orleans host is shutting down and can no longer process the request: {request}.");

    private void Sweep()
    {
        var now = Environment.TickCount64;
        foreach (var (id, call) in pending)
        {
            if (call.Deadline > now)
                continue;
            var timedOut = Fail(id, new TimeoutException(
                $"Response did not arrive on time in {call.Patience} for message: {call.Request}. "));
            if (timedOut && cancelOnTimeout)
                call.Request.RequestCancellation();
        }
    }
}
