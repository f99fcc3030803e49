using AgenticOS.Conformance.Support;
using Orleans.Concurrency;

namespace AgenticOS.Conformance;

public interface ITurnGrain : IGrainWithStringKey
{
    Task Hold(string name);

    Task Note(string name);

    [AlwaysInterleave]
    Task<IReadOnlyList<string>> Peek();

    [ReadOnly]
    Task Read(string name);

    Task<int> AddSlowly(int times);

    Task<bool> StaysOnItsScheduler();
}

/// <summary>Calls journal when they begin and end; in between they wait at the gate of their name.</summary>
public abstract class TurnGrainBase : Grain, ITurnGrain
{
    private int _sum;
    private int _inside;

    private Journal Log => Journal.Of(this.GetPrimaryKeyString());

    public async Task Hold(string name)
    {
        Log.Add("begin " + name);
        await Gate.Named(this.GetPrimaryKeyString() + name).Pass();
        Log.Add("end " + name);
    }

    public Task Note(string name)
    {
        Log.Add("note " + name);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> Peek() => Task.FromResult<IReadOnlyList<string>>(Log.Entries.ToArray());

    public Task Read(string name) => Hold(name);

    public async Task<int> AddSlowly(int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (Interlocked.Increment(ref _inside) != 1)
                throw new InvalidOperationException("two turns at once");
            _sum++;
            Thread.SpinWait(200);
            Interlocked.Decrement(ref _inside);
            await Task.Yield();
        }

        return _sum;
    }

    public async Task<bool> StaysOnItsScheduler()
    {
        var before = TaskScheduler.Current;
        await Task.Delay(1);
        return before != TaskScheduler.Default && TaskScheduler.Current == before;
    }
}

public interface IPlainTurnGrain : ITurnGrain;

public sealed class PlainTurnGrain : TurnGrainBase, IPlainTurnGrain;

public interface IReentrantTurnGrain : ITurnGrain;

[Reentrant]
public sealed class ReentrantTurnGrain : TurnGrainBase, IReentrantTurnGrain;

public interface ICircleGrain : IGrainWithStringKey
{
    [ResponseTimeout("00:00:02")]
    Task CallBackThrough(ICircleGrain other);

    Task Call(ICircleGrain target);

    Task Touch();
}

public sealed class CircleGrain : Grain, ICircleGrain
{
    public Task CallBackThrough(ICircleGrain other) => other.Call(this.AsReference<ICircleGrain>());

    public Task Call(ICircleGrain target) => target.Touch();

    public Task Touch() => Task.CompletedTask;
}

/// <summary>
/// docs/grains/request-scheduling; src/Orleans.Core.Abstractions/Concurrency/GrainAttributeConcurrency.cs;
/// test/Orleans.DefaultCluster.Tests/ConcreteStateClassTests.cs, ReentrancyTests.cs.
/// </summary>
[Collection(SharedCluster.Name)]
public sealed class SchedulingTests(ClusterFixture fixture)
{
    private readonly string _key = Gate.FreshName();

    private Gate GateOf(string call) => Gate.Named(_key + call);

    [Fact]
    public async Task PlainGrain_SecondCallWaitsForTheFirst()
    {
        var grain = fixture.Client.GetGrain<IPlainTurnGrain>(_key);
        var first = grain.Hold("a");
        await GateOf("a").Arrivals(1);
        var second = grain.Note("b");

        (await grain.Peek()).ShouldBe(["begin a"]);
        GateOf("a").Open();
        await Task.WhenAll(first, second).Within("both calls");

        Journal.Of(_key).Entries.ShouldBe(["begin a", "end a", "note b"]);
    }

    [Fact]
    public async Task ReentrantGrain_CallsInterleaveAtAwaits()
    {
        var grain = fixture.Client.GetGrain<IReentrantTurnGrain>(_key);
        var first = grain.Hold("a");
        await GateOf("a").Arrivals(1);
        var second = grain.Hold("b");
        await GateOf("b").Arrivals(1);

        GateOf("b").Open();
        await second.Within("second call");
        GateOf("a").Open();
        await first.Within("first call");

        Journal.Of(_key).Entries.ShouldBe(["begin a", "begin b", "end b", "end a"]);
    }

    [Fact]
    public async Task AlwaysInterleave_RunsWhileAnotherCallWaits()
    {
        var grain = fixture.Client.GetGrain<IPlainTurnGrain>(_key);
        var held = grain.Hold("a");
        await GateOf("a").Arrivals(1);

        (await grain.Peek().Within("interleaved call")).ShouldBe(["begin a"]);

        GateOf("a").Open();
        await held;
    }

    [Fact]
    public async Task ReadOnlyCalls_InterleaveWithEachOtherButNotWithOthers()
    {
        var grain = fixture.Client.GetGrain<IPlainTurnGrain>(_key);
        var reads = new[] { grain.Read("r1"), grain.Read("r2") };
        await GateOf("r1").Arrivals(1);
        await GateOf("r2").Arrivals(1);
        var write = grain.Note("w");

        (await grain.Peek()).ShouldNotContain("note w");
        GateOf("r1").Open();
        GateOf("r2").Open();
        await Task.WhenAll([.. reads, write]).Within("reads, then the write");

        Journal.Of(_key).Entries[^1].ShouldBe("note w");
    }

    // A turn is the code between two awaits; turns of one activation never run at the same time.
    [Fact]
    public async Task ReentrantGrain_TurnsNeverRunInParallel()
    {
        var grain = fixture.Client.GetGrain<IReentrantTurnGrain>(_key);

        var sums = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => grain.AddSlowly(10)));

        sums.Max().ShouldBe(200);
    }

    // docs/grains/external-tasks-and-grains: awaits come back to the activation's scheduler.
    [Fact]
    public async Task Await_ReturnsToTheGrainsScheduler() =>
        (await fixture.Client.GetGrain<IPlainTurnGrain>(_key).StaysOnItsScheduler()).ShouldBeTrue();

    // A circle of calls through a non-reentrant grain is a deadlock that only the response timeout ends.
    [Fact]
    public async Task CircleOfCalls_EndsByTimeoutAndTheGrainLivesOn()
    {
        var grain = fixture.Client.GetGrain<ICircleGrain>(_key);

        await Should.ThrowAsync<TimeoutException>(
            () => grain.CallBackThrough(fixture.Client.GetGrain<ICircleGrain>(_key + "other")));
    }
}
