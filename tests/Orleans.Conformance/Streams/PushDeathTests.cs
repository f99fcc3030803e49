using AgenticOS.Conformance.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace AgenticOS.Conformance.Streams;

/// <summary>
/// What a killed silo takes with it and what not. The subscriptions are in a storage that survives (with memory storage
/// a death may lose them, docs/streaming/streams-programming-apis, "PubSubStore").
/// </summary>
public sealed class PushDeathTests : IAsyncLifetime
{
    private const string Push = "push";
    private readonly DictionaryStorage _subscriptions = new();
    private readonly string _stream = Gate.FreshName();

    private InProcessTestCluster Cluster { get; set; } = null!;

    public async Task InitializeAsync() => Cluster = await Clusters.StartAsync(
        2,
        (_, silo) =>
        {
            SiloPush.AddTo(silo, Push);
            silo.Services.AddGrainStorage("PubSubStore", (_, _) => _subscriptions);
            silo.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = TimeSpan.FromSeconds(2));
        },
        client => SiloPush.AddTo(client, Push));

    public async Task DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }

    [Fact]
    public async Task AfterTheDeathOfAProducersSilo_TheOtherSilosEventsStillArrive()
    {
        var collector = new Collector();
        await FromClient().SubscribeAsync(collector);
        await From(Cluster.Silos[0]).OnNextAsync(new Tick("a", 0));
        await From(Cluster.Silos[1]).OnNextAsync(new Tick("b", 0));
        await collector.Reaches(2);

        await Cluster.KillSiloAsync(Cluster.Silos[1]);
        for (var i = 1; i < 6; i++)
            await From(Cluster.Silos[0]).OnNextAsync(new Tick("a", i));

        await ReachesTick(collector, new Tick("a", 5));
        var received = collector.Received.Where(e => e.StartsWith("a#", StringComparison.Ordinal)).Distinct();
        received.ShouldBe(Collector.Expected("a", 0, 6));
    }

    // The client's answer to a delivery may be lost with the silo whose gateway carried it; the response timeout ends
    // the
    // wait and the delivery is made again.
    [Fact]
    public async Task DeathDuringADelivery_RepeatsEventsAtMostAndLosesNone()
    {
        var held = Gate.Named(_stream);
        var collector = new Collector();
        await FromClient().SubscribeAsync(async (tick, token) =>
        {
            await collector.OnNextAsync(tick, token);
            await held.Pass();
        });
        await From(Cluster.Silos[0]).OnNextAsync(new Tick("a", 0));
        await held.Arrivals(1);

        await Cluster.KillSiloAsync(Cluster.Silos[1]);
        held.Open();
        for (var i = 1; i < 6; i++)
            await From(Cluster.Silos[0]).OnNextAsync(new Tick("a", i));

        await ReachesTick(collector, new Tick("a", 5));
        collector.Received.Distinct().ShouldBe(Collector.Expected("a", 0, 6));
    }

    [Fact]
    public async Task SiloThatJoinsLater_ReachesTheSubscribersItNeverMet()
    {
        var collector = new Collector();
        await FromClient().SubscribeAsync(collector);
        var third = await Cluster.StartAdditionalSiloAsync();

        await From(third).OnNextAsync(new Tick("c", 0));

        (await collector.Reaches(1)).ShouldBe(["c#0"]);
    }

    private static async Task ReachesTick(Collector collector, Tick last)
    {
        for (var seen = collector.Received; !seen.Contains(last.ToString()); seen = collector.Received)
            await collector.Reaches(seen.Count + 1);
    }

    private IAsyncStream<Tick> FromClient() =>
        Cluster.Client.GetStreamProvider(Push).GetStream<Tick>(StreamId.Create("ticks", _stream));

    private IAsyncStream<Tick> From(InProcessSiloHandle silo) => silo.SiloHost.Services
        .GetRequiredKeyedService<IStreamProvider>(Push).GetStream<Tick>(StreamId.Create("ticks", _stream));
}
