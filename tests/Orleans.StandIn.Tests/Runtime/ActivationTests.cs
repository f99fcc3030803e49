using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace AgenticOS.StandIn.Tests.Runtime;

public sealed class ActivationTests
{
    [Fact]
    public async Task Constructor_GetsFacetsAndKeyedServices()
    {
        await using var cluster = await ProbeCluster.Start(1);

        (await cluster.Client.GetGrain<IProbeGrain>("k").Reason()).ShouldBe("probe:stamp:probe/k keyed");
    }

    [Fact]
    public async Task IdleActivation_IsCollectedAfterItsAge()
    {
        await using var cluster = await ProbeCluster.Start(1, silo => silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionAge = TimeSpan.FromMilliseconds(20);
            options.CollectionQuantum = TimeSpan.FromMilliseconds(20);
        }));
        var key = Guid.NewGuid().ToString("N");
        var stays = cluster.Client.GetGrain<IProbeGrain>(key + "stays");
        await stays.Stay(TimeSpan.FromMinutes(5));
        await cluster.Client.GetGrain<IProbeGrain>(key).Count();

        (await Signals.Wait(key + "-deactivated")).ShouldBe(nameof(DeactivationReasonCode.ActivationIdle));
        Signals.IsSet(key + "stays-deactivated").ShouldBeFalse();
    }

    [Fact]
    public async Task ReferenceInsideAMessage_SendsFromWhereItWasReceived()
    {
        await using var cluster = await ProbeCluster.Start(1);
        var keeper = cluster.Client.GetGrain<IProbeGrain>("keeper");
        await keeper.Keep(new Envelope([cluster.Client.GetGrain<IProbeGrain>("kept")]));
        await cluster.StopClusterClientAsync();
        await cluster.InitializeClientAsync();

        (await cluster.Client.GetGrain<IProbeGrain>("keeper").AskKept().WaitAsync(TimeSpan.FromSeconds(20)))
            .ShouldBe(cluster.Silos[0].Name, "the client that sent the reference is gone");
    }

    [Fact]
    public async Task GrainThatPassesItself_PassesAReference()
    {
        await using var cluster = await ProbeCluster.Start(1);

        (await cluster.Client.GetGrain<IProbeGrain>("four")
            .IntroduceYourselfTo(cluster.Client.GetGrain<IProbeGrain>("other"))).ShouldBe(4);
        var self = await cluster.Client.GetGrain<IProbeGrain>("five5").Self();
        self.ShouldNotBeAssignableTo<Grain>();
        self.GetPrimaryKeyString().ShouldBe("five5");
    }

    [Fact]
    public async Task ManyGrainsAtOnce_EachCountsAlone()
    {
        await using var cluster = await ProbeCluster.Start(2);
        var target = cluster.Client.GetGrain<IProbeGrain>("target");

        await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => cluster.Client.GetGrain<IProbeGrain>("caller" + i).CountOf(target, 50)));

        (await target.Count()).ShouldBe(1001, "no call was lost or made twice");
    }

    [Fact]
    public void GrainOutsideTheRuntime_CannotBeMade() =>
        Should.Throw<InvalidOperationException>(() => new LonelyGrain());

    private sealed class LonelyGrain : Grain;
}
