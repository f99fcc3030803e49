using AgenticOS.Conformance.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Streams;
using Orleans.TestingHost;

namespace AgenticOS.Conformance.Streams;

/// <summary>Two silos and a client with the push provider beside the memory one.</summary>
public sealed class PushFixture : IAsyncLifetime
{
    public const string Push = "push";

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await Clusters.StartAsync(
        2, (_, silo) => SiloPush.AddTo(silo, Push), client => SiloPush.AddTo(client, Push));

    public async Task DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }
}

/// <summary>
/// A provider of our own through AddPersistentStreams: src/Orleans.Streaming/Hosting/SiloBuilderStreamingExtensions.cs,
/// src/Orleans.Streaming/QueueAdapters/*, src/Orleans.Streaming/QueueBalancer/IStreamQueueBalancer.cs.
/// </summary>
public sealed class PushStreamTests(PushFixture fixture) : IClassFixture<PushFixture>
{
    private readonly string _stream = Gate.FreshName();

    private IAsyncStream<Tick> FromClient => fixture.Cluster.Client.GetStreamProvider(PushFixture.Push)
        .GetStream<Tick>(StreamId.Create("ticks", _stream));

    private IAsyncStream<Tick> FromSilo(int silo) => fixture.Cluster.Silos[silo].SiloHost.Services
        .GetRequiredKeyedService<IStreamProvider>(PushFixture.Push).GetStream<Tick>(StreamId.Create("ticks", _stream));

    [Fact]
    public async Task ClientSubscriber_GetsWhatAGrainPublishesInOrder()
    {
        var collector = new Collector();
        await FromClient.SubscribeAsync(collector);

        await fixture.Cluster.Client.GetGrain<IProducerGrain>("g").Publish(PushFixture.Push, _stream, 0, 300);

        (await collector.Reaches(300)).ShouldBe(Collector.Expected("g", 0, 300));
    }

    // Every silo reads its own queue, so one stream can have a producer on each.
    [Fact]
    public async Task ProducersOnBothSilos_ReachTheSameSubscriber()
    {
        var collector = new Collector();
        await FromClient.SubscribeAsync(collector);

        async Task Produce(int silo)
        {
            for (var i = 0; i < 50; i++)
                await FromSilo(silo).OnNextAsync(new Tick("silo" + silo, i));
        }

        await Task.WhenAll(Produce(0), Produce(1));
        var all = await collector.Reaches(100);

        for (var silo = 0; silo < 2; silo++)
            all.Where(e => e.StartsWith($"silo{silo}#", StringComparison.Ordinal))
                .ShouldBe(Collector.Expected("silo" + silo, 0, 50));
    }

    // Ping-pong: each event is published only after the one before was delivered. With polling at 100 ms a thousand
    // rounds would outlast the patience of this test; with a waiting receiver they are a matter of moments.
    [Fact]
    public async Task EachEvent_IsDeliveredWithoutWaitingForAPoll()
    {
        var collector = new Collector();
        await FromClient.SubscribeAsync(collector);

        async Task PingPong()
        {
            for (var i = 0; i < 1000; i++)
            {
                await FromSilo(0).OnNextAsync(new Tick("s", i));
                await collector.Reaches(i + 1);
            }
        }

        await PingPong().Within("1000 rounds through the push provider");
        collector.Received.ShouldBe(Collector.Expected("s", 0, 1000));
    }

    [Fact]
    public async Task SubscriberThatComesLater_GetsWhatIsPublishedFromThenOn()
    {
        var early = new Collector();
        await FromClient.SubscribeAsync(early);
        await FromSilo(0).OnNextAsync(new Tick("s", 0));
        await early.Reaches(1);

        var late = new Collector();
        await FromSilo(1).SubscribeAsync(late);
        for (var i = 1; i < 11; i++)
            await FromSilo(0).OnNextAsync(new Tick("s", i));

        (await late.Reaches(10)).ShouldBe(Collector.Expected("s", 1, 10));
        (await early.Reaches(11)).ShouldBe(Collector.Expected("s", 0, 11));
    }

    [Fact]
    public async Task AfterUnsubscribe_NothingMoreArrives()
    {
        var stays = new Collector();
        var leaves = new Collector();
        await FromClient.SubscribeAsync(stays);
        var handle = await FromClient.SubscribeAsync(leaves);
        await FromSilo(0).OnNextAsync(new Tick("s", 0));
        await Task.WhenAll(stays.Reaches(1), leaves.Reaches(1));

        await handle.UnsubscribeAsync();
        await FromSilo(0).OnNextAsync(new Tick("s", 1));
        await FromSilo(0).OnNextAsync(new Tick("s", 2));
        await stays.Reaches(3);

        leaves.Received.ShouldBe(["s#0"]);
    }

    // A slow subscriber holds up neither the producer (until the queue is full) nor other clients' subscribers. It does
    // hold up its own client's: src/Orleans.Core/Runtime/InvokableObjectManager.cs runs an object's calls one by one.
    [Fact]
    public async Task SlowSubscriber_DoesNotHoldUpOtherClients()
    {
        var gate = Gate.Named(_stream);
        var slow = new Collector();
        var fast = new Collector();
        await FromSilo(1).SubscribeAsync(async (tick, token) =>
        {
            await gate.Pass();
            await slow.OnNextAsync(tick, token);
        });
        await FromClient.SubscribeAsync(fast);

        for (var i = 0; i < 20; i++)
            await FromSilo(0).OnNextAsync(new Tick("s", i));

        (await fast.Reaches(20)).ShouldBe(Collector.Expected("s", 0, 20));
        slow.Received.ShouldBeEmpty();
        gate.Open();
        (await slow.Reaches(20)).ShouldBe(Collector.Expected("s", 0, 20));
    }

    // A delivery whose handler throws is repeated (PersistentStreamPullingAgent, MaxEventDeliveryTime): at least once.
    [Fact]
    public async Task HandlerThatThrowsOnce_GetsTheEventAgain()
    {
        var collector = new Collector();
        await FromClient.SubscribeAsync(async (tick, token) =>
        {
            await collector.OnNextAsync(tick, token);
            if (collector.Received.Count == 2)
                throw new InvalidOperationException("once");
        });

        for (var i = 0; i < 3; i++)
            await FromSilo(0).OnNextAsync(new Tick("s", i));

        (await collector.Reaches(4)).ShouldBe(["s#0", "s#1", "s#1", "s#2"]);
    }

    [Fact]
    public async Task ClientThatProduces_GetsTheAdaptersRefusal() =>
        await Should.ThrowAsync<NotSupportedException>(() => FromClient.OnNextAsync(new Tick("client", 0)));
}
