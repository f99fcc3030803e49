using System.Collections.Immutable;
using AgenticOS.Conformance.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;
using Orleans.TestingHost;

namespace AgenticOS.Conformance;

/// <summary>Three silos: the first has role "control", the others "worker"; metadata name = silo name.</summary>
public sealed class PlacementFixture : IAsyncLifetime
{
    private int _started;

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public IReadOnlyList<InProcessSiloHandle> Silos => Cluster.Silos;

    /// <summary>The silo of role "control".</summary>
    public SiloAddress Control { get; private set; } = null!;

    public IServiceProvider Services(int silo) => Silos[silo].SiloHost.Services;

    public async Task InitializeAsync()
    {
        Cluster = await Clusters.StartAsync(3, (options, silo) => PlacementSetup.Configure(
            silo, options.SiloName, Interlocked.Increment(ref _started) == 1 ? "control" : "worker"));
        await Patience.Until(
            () => Silos.All(from => Silos.All(to => Metadata(from, to).ContainsKey("role"))),
            "every silo knows every silo's metadata");
        Control = Silos.Single(s => Metadata(s, s)["role"] == "control").SiloAddress;
    }

    public async Task DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }

    private static ImmutableDictionary<string, string> Metadata(InProcessSiloHandle from, InProcessSiloHandle to) =>
        from.SiloHost.Services.GetRequiredService<ISiloMetadataCache>().GetSiloMetadata(to.SiloAddress).Metadata;
}

/// <summary>
/// docs/grains/grain-placement, docs/grains/grain-placement-filtering;
/// src/Orleans.Core/Placement/IPlacementDirector.cs, src/Orleans.Core.Abstractions/Placement/PlacementFilterStrategy.cs,
/// src/Orleans.Runtime/MembershipService/SiloMetadata.
/// </summary>
public sealed class PlacementTests(PlacementFixture fixture) : IClassFixture<PlacementFixture>
{
    private static T NewGrain<T>(IGrainFactory from)
        where T : IPlacedGrain, IGrainWithStringKey => from.GetGrain<T>(Gate.FreshName());

    private T NewGrain<T>()
        where T : IPlacedGrain, IGrainWithStringKey => NewGrain<T>(fixture.Cluster.Client);

    [Fact]
    public async Task RandomPlacement_UsesEverySilo()
    {
        var seen = new HashSet<SiloAddress>();
        for (var i = 0; i < 200 && seen.Count < 3; i++)
            seen.Add(await NewGrain<IRandomGrain>().Where());

        seen.ShouldBe(fixture.Silos.Select(s => s.SiloAddress), ignoreOrder: true);
    }

    [Fact]
    public async Task PreferLocal_StaysWithTheCallingSilo()
    {
        for (var silo = 0; silo < 3; silo++)
            (await NewGrain<ILocalGrain>(fixture.Services(silo).GetGrains()).Where())
                .ShouldBe(fixture.Silos[silo].SiloAddress);
    }

    [Fact]
    public async Task Placed_TheGrainStaysWhereverCallsComeFrom()
    {
        var key = Gate.FreshName();
        var home = await fixture.Services(1).GetGrains().GetGrain<ILocalGrain>(key).Where();

        (await fixture.Services(2).GetGrains().GetGrain<ILocalGrain>(key).Where()).ShouldBe(home);
        (await fixture.Cluster.Client.GetGrain<ILocalGrain>(key).Where()).ShouldBe(home);
    }

    // IPlacementDirector.PlacementHintKey: the built-in directors follow it.
    [Fact]
    public async Task PlacementHint_PinsANewActivation()
    {
        foreach (var silo in fixture.Silos)
        {
            RequestContext.Set(IPlacementDirector.PlacementHintKey, silo.SiloAddress);
            (await NewGrain<IRandomGrain>().Where()).ShouldBe(silo.SiloAddress);
        }

        RequestContext.Remove(IPlacementDirector.PlacementHintKey);
    }

    // PlacementTarget.RequestContextData: a director sees the context of the call that activates.
    [Fact]
    public async Task OwnDirector_ReadsTheRequestContext()
    {
        foreach (var silo in fixture.Silos)
        {
            RequestContext.Set(NamedSiloDirector.WantedName, silo.Name);
            (await NewGrain<IDirectedGrain>().Where()).ShouldBe(silo.SiloAddress);
            (await NewGrain<IDirectedGrain>(fixture.Services(0).GetGrains()).Where()).ShouldBe(silo.SiloAddress);
        }
    }

    [Fact]
    public async Task OwnDirector_CanFollowTheHint()
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, fixture.Silos[2].SiloAddress);

        (await NewGrain<IDirectedGrain>().Where()).ShouldBe(fixture.Silos[2].SiloAddress);
    }

    [Fact]
    public async Task DirectorThatThrows_FailsTheCallAndALaterCallMaySucceed()
    {
        var grain = NewGrain<IDirectedGrain>();
        RequestContext.Set(NamedSiloDirector.WantedName, "no such silo");
        await Should.ThrowAsync<OrleansException>(grain.Where);

        RequestContext.Set(NamedSiloDirector.WantedName, fixture.Silos[1].Name);
        (await grain.Where()).ShouldBe(fixture.Silos[1].SiloAddress);
    }

    [Fact]
    public async Task Filter_KeepsAGrainOnTheSilosItLetsThrough()
    {
        for (var i = 0; i < 30; i++)
            (await NewGrain<IWorkerOnlyGrain>().Where()).ShouldNotBe(fixture.Control);
    }

    [Fact]
    public async Task FilterThatLeavesNoSilo_FailsTheCall() =>
        await Should.ThrowAsync<OrleansException>(NewGrain<INowhereGrain>().Where);

    // context.GetCompatibleSilos(target) is already filtered, and a hint outside it is no hint.
    [Fact]
    public async Task DirectorSeesOnlyFilteredSilos()
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, fixture.Control);

        (await NewGrain<IFilteredAndDirectedGrain>().Where()).ShouldNotBe(fixture.Control);
    }

    [Fact]
    public void SiloMetadata_OfEverySiloIsKnownOnEverySilo()
    {
        for (var silo = 0; silo < 3; silo++)
            foreach (var other in fixture.Silos)
                fixture.Services(silo).GetRequiredService<ISiloMetadataCache>().GetSiloMetadata(other.SiloAddress)
                    .Metadata["name"].ShouldBe(other.Name);
    }

    [Fact]
    public void SiloMetadata_OfAnUnknownSiloIsEmpty() =>
        fixture.Services(0).GetRequiredService<ISiloMetadataCache>()
            .GetSiloMetadata(SiloAddress.FromParsableString("127.0.0.1:1@1")).Metadata.ShouldBeEmpty();

    [Fact]
    public void LocalSiloDetails_AreTheSilosOwn()
    {
        foreach (var silo in fixture.Silos)
        {
            var details = silo.SiloHost.Services.GetRequiredService<ILocalSiloDetails>();
            details.SiloAddress.ShouldBe(silo.SiloAddress);
            details.Name.ShouldBe(silo.Name);
            SiloAddress.FromParsableString(silo.SiloAddress.ToParsableString()).ShouldBe(silo.SiloAddress);
        }
    }

    // docs/grains/stateless-worker-grains: several activations of one identity, up to the limit, on the caller's silo.
    [Fact]
    public async Task StatelessWorker_ServesCallsInParallel()
    {
        var gate = Gate.FreshName();
        var grain = fixture.Services(0).GetGrains().GetGrain<IStatelessGrain>(0);
        var calls = Enumerable.Range(0, 4).Select(_ => grain.HoldIn(gate)).ToArray();
        await Gate.Named(gate).Arrivals(4);
        Gate.Named(gate).Open();

        (await Task.WhenAll(calls)).Distinct().Count().ShouldBe(4);
    }
}
