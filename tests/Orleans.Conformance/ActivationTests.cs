using AgenticOS.Conformance.Support;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace AgenticOS.Conformance;

public interface ILifeGrain : IGrainWithStringKey
{
    Task<Guid> Activation();
    Task Leave();
    Task<string> LeaveThenAnswer();

    Task Stay();
}

public sealed class LifeGrain : Grain, ILifeGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    private Journal Log => Journal.Of(this.GetPrimaryKeyString());

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Log.Add("activated");
        return base.OnActivateAsync(cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Log.Add("deactivated:" + reason.ReasonCode);
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Stay()
    {
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public async Task<string> LeaveThenAnswer()
    {
        DeactivateOnIdle();
        await Task.Yield();
        Log.Add("answered");
        return "answer";
    }
}

public interface IRefusingGrain : IGrainWithStringKey
{
    Task<int> Attempts();
}

public sealed class RefusingGrain : Grain, IRefusingGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var log = Journal.Of(this.GetPrimaryKeyString());
        log.Add("attempt");
        return log.Entries.Count == 1
            ? throw new InvalidOperationException("first activation refused")
            : Task.CompletedTask;
    }

    public Task<int> Attempts() => Task.FromResult(Journal.Of(this.GetPrimaryKeyString()).Entries.Count);
}

/// <summary>
/// Virtual actors: docs/grains/grain-lifecycle; src/Orleans.Runtime/Catalog/{Catalog,ActivationData}.cs;
/// test/Orleans.DefaultCluster.Tests/GrainActivateDeactivateTests.cs.
/// </summary>
[Collection(SharedCluster.Name)]
public sealed class ActivationTests(ClusterFixture fixture)
{
    // docs/overview: an identity has at most one activation in a healthy cluster.
    [Fact]
    public async Task ManyFirstCalls_ActivateOnce()
    {
        var key = Gate.FreshName();
        var grains = fixture.Cluster.Silos.Select(s => s.SiloHost.Services.GetGrains().GetGrain<ILifeGrain>(key))
            .Append(fixture.Client.GetGrain<ILifeGrain>(key)).ToArray();

        var ids = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => grains[i % grains.Length].Activation()));

        ids.Distinct().Count().ShouldBe(1, "one activation answers all callers");
        Journal.Of(key).Entries.ShouldBe(["activated"]);
    }

    // src/Orleans.Core.Abstractions/Core/Grain.cs: DeactivateOnIdle; DeactivationReason.cs.
    [Fact]
    public async Task DeactivateOnIdle_RunsOnDeactivateAndTheNextCallActivatesAnew()
    {
        var key = Gate.FreshName();
        var grain = fixture.Client.GetGrain<ILifeGrain>(key);
        var first = await grain.Activation();

        await grain.Leave();
        await Journal.Of(key).Reaches(2);
        var second = await grain.Activation();

        second.ShouldNotBe(first);
        Journal.Of(key).Entries.ShouldBe(["activated", "deactivated:ApplicationRequested", "activated"]);
    }

    // Deactivation waits for the turn that asked for it; src/Orleans.Runtime/Catalog/ActivationData.cs.
    [Fact]
    public async Task DeactivateOnIdle_LetsTheCurrentCallFinishFirst()
    {
        var key = Gate.FreshName();
        var grain = fixture.Client.GetGrain<ILifeGrain>(key);

        (await grain.LeaveThenAnswer()).ShouldBe("answer");

        (await Journal.Of(key).Reaches(3)).ShouldBe(["activated", "answered", "deactivated:ApplicationRequested"]);
    }

    // A call that finds its target deactivating is forwarded to the next activation, never lost.
    [Fact]
    public async Task CallsDuringDeactivation_AllGetAnswers()
    {
        var grain = fixture.Client.GetGrain<ILifeGrain>(Gate.FreshName());
        for (var round = 0; round < 20; round++)
        {
            var leave = grain.Leave();
            var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => grain.Activation()))
                .Within("answers in round " + round);
            await leave;
            answers.ShouldNotContain(Guid.Empty);
        }
    }

    // docs/grains/grain-lifecycle: an exception in OnActivateAsync fails the call; the next call tries again.
    [Fact]
    public async Task OnActivateThrows_CallerGetsItAndTheNextCallActivates()
    {
        var grain = fixture.Client.GetGrain<IRefusingGrain>(Gate.FreshName());

        var thrown = await Should.ThrowAsync<InvalidOperationException>(grain.Attempts);

        thrown.Message.ShouldBe("first activation refused");
        (await grain.Attempts()).ShouldBe(2);
    }

    // docs/host/configuration-guide/activation-collection; IManagementGrain.ForceActivationCollection.
    [Fact]
    public async Task ForcedCollection_DeactivatesIdleGrains()
    {
        var key = Gate.FreshName();
        await fixture.Client.GetGrain<ILifeGrain>(key).Activation();

        await Collect(key);

        Journal.Of(key).Entries[1].ShouldBe("deactivated:ActivationIdle");
    }

    // GrainCollectionOptions: an activation idle for the collection age goes by itself.
    [Fact]
    public async Task IdleGrain_IsCollectedAfterItsAge()
    {
        var key = Gate.FreshName();
        await using var cluster = await Clusters.StartAsync(1, (_, silo) => silo.Configure<GrainCollectionOptions>(o =>
        {
            o.CollectionQuantum = TimeSpan.FromSeconds(1);
            o.CollectionAge = TimeSpan.FromSeconds(1.5);
        }));

        await cluster.Client.GetGrain<ILifeGrain>(key).Activation();

        (await Journal.Of(key).Reaches(2))[1].ShouldBe("deactivated:ActivationIdle");
        await cluster.StopAllSilosAsync();
    }

    // Grain.DelayDeactivation: kept from collection for that long (here for good), but not from DeactivateOnIdle.
    [Fact]
    public async Task DelayedDeactivation_KeepsTheGrainFromCollectionOnly()
    {
        var (stays, goes) = (Gate.FreshName(), Gate.FreshName());
        await fixture.Client.GetGrain<ILifeGrain>(stays).Stay();
        await fixture.Client.GetGrain<ILifeGrain>(goes).Activation();

        await Collect(goes);
        Journal.Of(stays).Entries.ShouldBe(["activated"]);

        await fixture.Client.GetGrain<ILifeGrain>(stays).Leave();
        (await Journal.Of(stays).Reaches(2))[1].ShouldBe("deactivated:ApplicationRequested");
    }

    /// <summary>Collects until that grain is gone: right after its answer it may not yet count as idle.</summary>
    private async Task Collect(string key)
    {
        async Task Rounds()
        {
            while (Journal.Of(key).Entries.Count < 2)
            {
                await fixture.Client.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
                await Task.Delay(10);
            }
        }

        await Rounds().Within("collection of the idle grain " + key);
    }
}
