using AgenticOS.Conformance.Support;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace AgenticOS.Conformance;

public interface ICallGrain : IGrainWithStringKey
{
    [OneWay]
    Task Tell(string word);

    [OneWay]
    Task TellAndFail();

    [ResponseTimeout("00:00:01")]
    Task HoldBriefly(string gate);

    Task<string> HoldUntilCancelled(string gate, CancellationToken cancellationToken);

    ValueTask<int> Twice(int x);

    Task<string> KeyAsString();
}

[Reentrant]
public sealed class CallGrain : Grain, ICallGrain
{
    public async Task Tell(string word)
    {
        Journal.Of(this.GetPrimaryKeyString()).Add("told " + word);
        await Gate.Named(this.GetPrimaryKeyString()).Pass();
        Journal.Of(this.GetPrimaryKeyString()).Add("done " + word);
    }

    public Task TellAndFail()
    {
        Journal.Of(this.GetPrimaryKeyString()).Add("failed");
        throw new InvalidOperationException("nobody hears this");
    }

    public Task HoldBriefly(string gate) => Gate.Named(gate).Pass();

    public async Task<string> HoldUntilCancelled(string gate, CancellationToken cancellationToken)
    {
        var arrived = Gate.Named(gate).Pass();
        try
        {
            await arrived.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Journal.Of(gate).Add("cancelled");
            throw;
        }

        return "not cancelled";
    }

    public ValueTask<int> Twice(int x) => new(2 * x);

    public Task<string> KeyAsString() => Task.FromResult(this.GetPrimaryKeyString());
}

/// <summary>
/// [OneWay], [ResponseTimeout] and cancellation: docs/grains/request-scheduling, docs/grains/cancellation-tokens;
/// src/Orleans.Core/Runtime/CallbackData.cs; src/Orleans.Core/Configuration/Options/MessagingOptions.cs.
/// </summary>
[Collection(SharedCluster.Name)]
public sealed class CallTests(ClusterFixture fixture)
{
    private readonly string _key = Gate.FreshName();

    private ICallGrain Grain => fixture.Client.GetGrain<ICallGrain>(_key);

    [Fact]
    public async Task OneWay_ReturnsWhileTheCalleeStillRuns()
    {
        await Grain.Tell("x").Within("return of a one-way call");
        await Journal.Of(_key).Reaches(1);
        Journal.Of(_key).Entries.ShouldBe(["told x"]);

        Gate.Named(_key).Open();
        (await Journal.Of(_key).Reaches(2))[1].ShouldBe("done x");
    }

    [Fact]
    public async Task OneWay_FailureIsNotSeen()
    {
        await Grain.TellAndFail();

        (await Journal.Of(_key).Reaches(1)).ShouldBe(["failed"]);
    }

    [Fact]
    public async Task ResponseTimeout_ThrowsTimeoutExceptionAndTheGrainLivesOn()
    {
        await Should.ThrowAsync<TimeoutException>(() => Grain.HoldBriefly(_key));

        Gate.Named(_key).Open();
        (await Grain.Twice(4)).ShouldBe(8);
    }

    [Fact]
    public async Task Cancellation_ReachesTheCalleeAndTheCaller()
    {
        using var source = new CancellationTokenSource();
        var call = Grain.HoldUntilCancelled(_key, source.Token);
        await Gate.Named(_key).Arrivals(1);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call.Within("cancelled call"));
        await Journal.Of(_key).Reaches(1);
    }

    [Fact]
    public async Task TokenThatIsNeverCancelled_ChangesNothing()
    {
        using var source = new CancellationTokenSource();
        Gate.Named(_key).Open();

        (await Grain.HoldUntilCancelled(_key, source.Token)).ShouldBe("not cancelled");
    }

    [Fact]
    public async Task AlreadyCancelledToken_ThrowsWithoutACall()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            () => Grain.HoldUntilCancelled(_key, new CancellationToken(canceled: true)));

        Gate.Named(_key).Arrived.ShouldBe(0);
    }

    [Fact]
    public async Task ValueTask_IsAGrainResultToo() => (await Grain.Twice(21)).ShouldBe(42);

    // src/Orleans.Core.Abstractions/Core/GrainExtensions.cs.
    [Fact]
    public async Task Reference_KnowsItsIdentity()
    {
        Grain.GetPrimaryKeyString().ShouldBe(_key);
        (await Grain.KeyAsString()).ShouldBe(_key);
        Grain.GetGrainId().ShouldBe(fixture.Client.GetGrain<ICallGrain>(_key).GetGrainId());
        Grain.ShouldBe(fixture.Client.GetGrain<ICallGrain>(_key));
        GrainId.Parse(Grain.GetGrainId().ToString()).ShouldBe(Grain.GetGrainId());
    }
}
