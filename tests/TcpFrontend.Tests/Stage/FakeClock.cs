namespace AgenticOS.TcpFrontend.Tests.Stage;

/// <summary>A clock that stands still until the test advances it; timers fire on the advancing thread.</summary>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private long _now = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on in steps of at most 250 ms, firing what is due.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetTimestamp() + by.Ticks;
        while (GetTimestamp() < end)
        {
            Interlocked.Exchange(ref _now, Math.Min(end, GetTimestamp() + TimeSpan.FromMilliseconds(250).Ticks));
            FakeTimer[] due;
            lock (_gate)
                due = [.. _timers.Where(t => t.IsDue(GetTimestamp()))];
            foreach (var timer in due)
                timer.Fire();
        }
    }

    private sealed class FakeTimer(FakeClock clock, Action fire) : ITimer
    {
        private long _dueAt = long.MaxValue;
        private long _period = -1;

        public bool IsDue(long now) => _dueAt <= now;

        public void Fire()
        {
            lock (clock._gate)
                _dueAt = _period > 0 ? _dueAt + _period : long.MaxValue;
            fire();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period == Timeout.InfiniteTimeSpan ? -1 : period.Ticks;
                _dueAt = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock.GetTimestamp() + dueTime.Ticks;
                if (!clock._timers.Contains(this))
                    clock._timers.Add(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
