using AgenticOS.Conformance.Support;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace AgenticOS.Conformance;

public interface ITimerGrain : IGrainWithStringKey
{
    Task TickOnce();

    Task TickForever(int failAt);

    Task HoldWhileTimersAreDue();

    Task StartSlowTicks();

    Task DisposeFromOutside();

    Task StartParked();

    Task WakeParked();

    Task StartWithState(string state);

    Task Leave();

    [AlwaysInterleave]
    Task Poke();
}

public sealed class TimerGrain : Grain, ITimerGrain
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);
    private IGrainTimer? _timer;
    private int _inside;

    private Journal Log => Journal.Of(this.GetPrimaryKeyString());

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Log.Add("deactivated");
        return Task.CompletedTask;
    }

    public Task TickOnce()
    {
        this.RegisterGrainTimer(
            () =>
            {
                Log.Add("tick");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan });
        return Task.CompletedTask;
    }

    public Task TickForever(int failAt)
    {
        var ticks = 0;
        _timer = this.RegisterGrainTimer(
            () =>
            {
                Log.Add("tick");
                return ++ticks == failAt ? throw new InvalidOperationException("a tick failed") : Task.CompletedTask;
            },
            new GrainTimerCreationOptions { DueTime = Soon, Period = Soon });
        return Task.CompletedTask;
    }

    public async Task HoldWhileTimersAreDue()
    {
        Log.Add("begin");
        var interleaved = new TaskCompletionSource();
        this.RegisterGrainTimer(
            () =>
            {
                Log.Add("ordinary tick");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions { DueTime = Soon, Period = Timeout.InfiniteTimeSpan });
        this.RegisterGrainTimer(
            () =>
            {
                Log.Add("interleaving tick");
                interleaved.TrySetResult();
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions
            {
                DueTime = TimeSpan.FromMilliseconds(50), Period = Timeout.InfiniteTimeSpan, Interleave = true,
            });
        await interleaved.Task;
        Log.Add("end");
    }

    public Task StartSlowTicks()
    {
        _timer = this.RegisterGrainTimer(
            async () =>
            {
                Log.Add("inside " + ++_inside);
                await Task.Delay(5);
                _inside--;
            },
            new GrainTimerCreationOptions { DueTime = Soon, Period = Soon, Interleave = true });
        return Task.CompletedTask;
    }

    public Task DisposeFromOutside()
    {
        _timer!.Dispose();
        Log.Add("disposed");
        return Task.CompletedTask;
    }

    public Task StartParked()
    {
        _timer = this.RegisterGrainTimer(
            () =>
            {
                Log.Add("tick");
                return Task.CompletedTask;
            },
            Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task WakeParked()
    {
        _timer!.Change(Soon, Timeout.InfiniteTimeSpan);
        Log.Add("changed");
        return Task.CompletedTask;
    }

    public Task StartWithState(string state)
    {
        _timer = this.RegisterGrainTimer(
            (s, cancellationToken) =>
            {
                cancellationToken.Register(() => Log.Add("cancelled"));
                Log.Add("state " + s);
                return Task.CompletedTask;
            },
            state,
            new GrainTimerCreationOptions { DueTime = Soon, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
        return Task.CompletedTask;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Poke() => Task.CompletedTask;
}

/// <summary>
/// docs/grains/timers-and-reminders; src/Orleans.Core.Abstractions/Timers/GrainTimerCreationOptions.cs,
/// src/Orleans.Runtime/Timers/GrainTimer.cs; test/Orleans.Runtime.Internal.Tests/TimerTests.
/// </summary>
[Collection(SharedCluster.Name)]
public sealed class TimerTests(ClusterFixture fixture)
{
    private readonly string _key = Gate.FreshName();

    private ITimerGrain Grain => fixture.Client.GetGrain<ITimerGrain>(_key);

    private Journal Log => Journal.Of(_key);

    [Fact]
    public async Task InfinitePeriod_TicksOnce()
    {
        await Grain.TickOnce();
        await Grain.TickOnce();

        (await Log.Reaches(2)).ShouldBe(["tick", "tick"]);
    }

    [Fact]
    public async Task FailingTick_DoesNotStopTheTimer()
    {
        await Grain.TickForever(failAt: 1);

        await Log.Reaches(5);
        await Grain.DisposeFromOutside();
    }

    // A tick is a turn like a call: it waits for the call that runs unless it was declared to interleave.
    [Fact]
    public async Task OrdinaryTick_WaitsForTheRunningCallAndAnInterleavingOneDoesNot()
    {
        await Grain.HoldWhileTimersAreDue().Within("the call that an interleaving tick releases");

        (await Log.Reaches(4)).ShouldBe(["begin", "interleaving tick", "end", "ordinary tick"]);
    }

    // The period counts from the end of the last tick.
    [Fact]
    public async Task TicksOfOneTimer_NeverOverlap()
    {
        await Grain.StartSlowTicks();

        (await Log.Reaches(10)).ShouldAllBe(e => e == "inside 1");
        await Grain.DisposeFromOutside();
    }

    [Fact]
    public async Task DisposedTimer_TicksNoMore()
    {
        await Grain.TickForever(failAt: 0);
        await Log.Reaches(3);

        await Grain.DisposeFromOutside();
        for (var i = 0; i < 20; i++)
            await Grain.Poke();

        Log.Entries[^1].ShouldBe("disposed");
    }

    [Fact]
    public async Task Change_SetsAParkedTimerGoing()
    {
        await Grain.StartParked();
        await Grain.WakeParked();

        (await Log.Reaches(2)).ShouldBe(["changed", "tick"]);
    }

    [Fact]
    public async Task StateIsHandedToTheTickAndTheTokenFiresOnDispose()
    {
        await Grain.StartWithState("s");
        (await Log.Reaches(1)).ShouldBe(["state s"]);

        await Grain.DisposeFromOutside();

        (await Log.Reaches(3)).ShouldBe(["state s", "cancelled", "disposed"], ignoreOrder: true);
    }

    [Fact]
    public async Task Deactivation_EndsTheTimers()
    {
        await Grain.TickForever(failAt: 0);
        await Log.Reaches(3);

        await Grain.Leave();
        while (!Log.Entries.Contains("deactivated"))
            await Log.Reaches(Log.Entries.Count + 1);
        await Grain.Poke();

        Log.Entries[^1].ShouldBe("deactivated");
    }
}
