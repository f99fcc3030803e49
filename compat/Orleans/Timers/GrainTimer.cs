using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>A timer of an activation. The clock only asks for a tick; the tick is a turn like a call.</summary>
internal sealed class GrainTimer : IGrainTimer, ILocalTurn
{
    private readonly Activation activation;
    private readonly Func<CancellationToken, Task> callback;
    private readonly CancellationTokenSource disposed = new();
    private readonly ITimer clock;
    private TimeSpan dueTime;
    private TimeSpan period;
    private bool firing;
    private bool changed;

    private GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        this.activation = activation;
        this.callback = callback;
        Interleave = options.Interleave;
        KeepAlive = options.KeepAlive;
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
            clock = activation.Silo.Time.CreateTimer(
                static timer => ((GrainTimer)timer!).AskForTick(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
    }

    public bool Interleave { get; }

    public bool KeepAlive { get; }

    /// <summary>Starts a timer; only code of the grain itself may.</summary>
    public static GrainTimer Start(
        IGrainContext context, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        if (RuntimeContext.Current is not { } activation || !ReferenceEquals(activation, context))
            throw new InvalidOperationException("A grain timer can only be registered from within its own grain.");
        var timer = new GrainTimer(activation, callback, options);
        timer.Change(options.DueTime, options.Period);
        if (activation.GetComponent<GrainTimers>() is not { } timers)
            activation.SetComponent(timers = new GrainTimers());
        timers.Add(timer);
        return timer;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, nameof(dueTime));
        Validate(period, nameof(period));
        this.dueTime = dueTime;
        this.period = period;
        changed = true;
        if (!firing)
            Schedule(dueTime);
    }

    public void Dispose()
    {
        if (disposed.IsCancellationRequested)
            return;
        disposed.Cancel();
        clock.Dispose();
        activation.GetComponent<GrainTimers>()?.Remove(this);
    }

    public async Task RunAsync()
    {
        if (disposed.IsCancellationRequested)
            return;
        changed = false;
        try
        {
            await callback(disposed.Token);
        }
        catch (Exception exception)
        {
            activation.Silo.Log.LogWarning(exception, "A timer callback of {Activation} failed", activation);
        }

        firing = false;
        if (!disposed.IsCancellationRequested)
            Schedule(changed ? dueTime : period);
    }

    private static void Validate(TimeSpan time, string name)
    {
        var ms = (long)time.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(ms, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ms, 0xfffffffe, name);
    }

    // ITimer.Change returns false once it is disposed.
    private void Schedule(TimeSpan after) => clock.Change(after, Timeout.InfiniteTimeSpan);

    private void AskForTick()
    {
        firing = true;
        activation.Receive(new Message
        {
            TargetGrain = activation.GrainId,
            SendingGrain = activation.GrainId,
            TargetSilo = activation.Silo.Address,
            LocalTurn = this,
        });
    }
}

/// <summary>The timers of one activation.</summary>
internal sealed class GrainTimers : IDisposable
{
    private readonly List<GrainTimer> timers = [];

    public void Add(GrainTimer timer)
    {
        lock (timers)
            timers.Add(timer);
    }

    public void Remove(GrainTimer timer)
    {
        lock (timers)
            timers.Remove(timer);
    }

    public void Dispose()
    {
        GrainTimer[] all;
        lock (timers)
            all = [.. timers];
        foreach (var timer in all)
            timer.Dispose();
    }
}
