using AgenticOS.Conformance.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;

namespace AgenticOS.Conformance;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> Next();

    Task<SiloAddress> Where();

    Task Hold();
}

[Orleans.Placement.RandomPlacement]
public sealed class CounterGrain(ILocalSiloDetails silo) : Grain, ICounterGrain
{
    private int _count;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Journal.Of(this.GetPrimaryKeyString()).Add("deactivated:" + reason.ReasonCode);
        return Task.CompletedTask;
    }

    public Task<int> Next() => Task.FromResult(++_count);

    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);

    public Task Hold() => Gate.Named(this.GetPrimaryKeyString()).Pass();
}

/// <summary>
/// Silos come, go and die: docs/implementation/cluster-management; src/Orleans.Runtime/MembershipService/*;
/// src/Orleans.TestingHost/InProcTestCluster.cs. Each test has a cluster of its own.
/// </summary>
public sealed class MembershipTests : IAsyncLifetime
{
    private readonly string _key = Gate.FreshName();

    private InProcessTestCluster Cluster { get; set; } = null!;

    private InProcessSiloHandle First => Cluster.Silos[0];

    public async Task InitializeAsync() => Cluster = await Clusters.StartAsync(2);

    public async Task DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }

    // Whether OnDeactivateAsync runs is left open: a dead process has no time for it, KillSiloAsync of Orleans 10 does.
    [Fact]
    public async Task KilledSilo_ItsGrainsReturnElsewhereWithoutTheirMemory()
    {
        var victim = Cluster.Silos[1];
        var grain = await CounterOn(victim);
        (await grain.Next()).ShouldBe(1);
        (await grain.Next()).ShouldBe(2);

        await Cluster.KillSiloAsync(victim);

        (await Retry(grain.Next)).ShouldBe(1);
        (await grain.Where()).ShouldBe(First.SiloAddress);
    }

    [Fact]
    public async Task KilledSilo_IsSeenDeadByTheOthers()
    {
        var victim = Cluster.Silos[1];
        var death = MembershipReaches(First, s => s.GetSiloStatus(victim.SiloAddress) == SiloStatus.Dead);

        await Cluster.KillSiloAsync(victim);

        await death.Within("membership update with a dead silo");
        (await Cluster.Client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Keys
            .ShouldBe([First.SiloAddress]);
    }

    [Fact]
    public async Task KilledSilo_TheOthersGrainsKeepTheirMemory()
    {
        var grain = await CounterOn(First);
        await grain.Next();

        await Cluster.KillSiloAsync(Cluster.Silos[1]);

        (await Retry(grain.Next)).ShouldBe(2);
    }

    // The call has been delivered, so it is not repeated: it fails, and the caller decides.
    [Fact]
    public async Task KilledSilo_ACallInFlightFails()
    {
        var victim = Cluster.Silos[1];
        var grain = await CounterOn(victim);
        var held = First.SiloHost.Services.GetGrains().GetGrain<ICounterGrain>(_key).Hold();
        await Gate.Named(_key).Arrivals(1);

        await Cluster.KillSiloAsync(victim);

        await Should.ThrowAsync<SiloUnavailableException>(() => held.Within("failure of the call in flight"));
        Gate.Named(_key).Arrived.ShouldBe(1);
        grain.ShouldNotBeNull();
    }

    [Fact]
    public async Task StoppedSilo_DeactivatesItsGrainsFirst()
    {
        var leaving = Cluster.Silos[1];
        var grain = await CounterOn(leaving);
        await grain.Next();

        await Cluster.StopSiloAsync(leaving);

        (await Journal.Of(_key).Reaches(1)).ShouldBe(["deactivated:ShuttingDown"]);
        (await Retry(grain.Next)).ShouldBe(1);
        (await grain.Where()).ShouldBe(First.SiloAddress);
    }

    [Fact]
    public async Task AdditionalSilo_JoinsAndHostsGrains()
    {
        var third = await Cluster.StartAdditionalSiloAsync();
        await MembershipReaches(First, s => s.GetSiloStatus(third.SiloAddress) == SiloStatus.Active)
            .Within("membership update with a third silo");

        (await (await CounterOn(third)).Where()).ShouldBe(third.SiloAddress);
        var hosts = await Cluster.Client.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
        hosts.Keys.ShouldBe(Cluster.Silos.Select(s => s.SiloAddress), ignoreOrder: true);
        hosts.Values.ShouldAllBe(s => s == SiloStatus.Active);
    }

    [Fact]
    public void CurrentSnapshot_NamesTheLiveSilos()
    {
        foreach (var silo in Cluster.Silos)
        {
            var members = Membership(silo).CurrentSnapshot.Members;
            members[silo.SiloAddress].Status.ShouldBe(SiloStatus.Active);
            members[silo.SiloAddress].Name.ShouldBe(silo.Name);
        }
    }

    private static IClusterMembershipService Membership(InProcessSiloHandle silo) =>
        silo.SiloHost.Services.GetRequiredService<IClusterMembershipService>();

    /// <summary>The enumeration begins with the present snapshot, so nothing is missed.</summary>
    private static async Task MembershipReaches(InProcessSiloHandle silo, Func<ClusterMembershipSnapshot, bool> state)
    {
        await foreach (var snapshot in Membership(silo).MembershipUpdates)
            if (state(snapshot))
                return;
    }

    /// <summary>The test's counter, placed where the test wants it.</summary>
    private async Task<ICounterGrain> CounterOn(InProcessSiloHandle silo)
    {
        var grain = Cluster.Client.GetGrain<ICounterGrain>(_key);
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo.SiloAddress);
        (await grain.Where()).ShouldBe(silo.SiloAddress);
        RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        return grain;
    }

    /// <summary>A call may fail while the cluster learns of a death; within patience it succeeds.</summary>
    private static async Task<int> Retry(Func<Task<int>> call)
    {
        async Task<int> Attempts()
        {
            while (true)
            {
                try
                {
                    return await call();
                }
                catch (Exception exception) when (exception is OrleansException or TimeoutException)
                {
                    await Task.Delay(20);
                }
            }
        }

        return await Attempts().Within("a call that succeeds again");
    }
}
