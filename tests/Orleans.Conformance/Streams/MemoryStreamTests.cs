using AgenticOS.Conformance.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Conformance.Streams;

/// <summary>
/// Explicit subscriptions over the memory provider: docs/streaming/streams-programming-apis;
/// src/Orleans.Streaming/Core/IAsyncStream.cs, src/Orleans.Streaming/MemoryStreams; test/Orleans.Streaming.Tests.
/// </summary>
[Collection(SharedCluster.Name)]
public sealed class MemoryStreamTests(ClusterFixture fixture)
{
    private const string Provider = ClusterFixture.MemoryStreams;
    private readonly string _stream = Gate.FreshName();

    private IAsyncStream<Tick> FromClient =>
        fixture.Client.GetStreamProvider(Provider).GetStream<Tick>(StreamId.Create("ticks", _stream));

    private IAsyncStream<Tick> FromSilo(int silo) => fixture.Cluster.Silos[silo].SiloHost.Services
        .GetRequiredKeyedService<IStreamProvider>(Provider).GetStream<Tick>(StreamId.Create("ticks", _stream));

    private Task Publish(int first, int count, string producer = "p") =>
        fixture.Client.GetGrain<IProducerGrain>(producer).Publish(Provider, _stream, first, count);

    [Fact]
    public async Task ClientSubscriber_GetsEverythingInOrder()
    {
        var collector = new Collector();
        await FromClient.SubscribeAsync(collector);

        await Publish(0, 100);

        (await collector.Reaches(100)).ShouldBe(Collector.Expected("p", 0, 100));
    }

    // src/Orleans.Streaming/Extensions/AsyncObservableExtensions.cs: the overload with a delegate.
    [Fact]
    public async Task DelegateSubscriber_GetsEventsWithTokensThatGrow()
    {
        var collector = new Collector();
        await FromClient.SubscribeAsync((tick, token) => collector.OnNextAsync(tick, token));

        await Publish(0, 3);
        await collector.Reaches(3);

        collector.Tokens[1]!.Newer(collector.Tokens[0]!).ShouldBeTrue();
        collector.Tokens[2]!.CompareTo(collector.Tokens[1]!).ShouldBeGreaterThan(0);
    }

    // IClusterClient and IStreamProvider inside a silo host: the hosted client, no grain needed.
    [Fact]
    public async Task SubscriberInASilo_GetsEverythingInOrder()
    {
        var collector = new Collector();
        await FromSilo(1).SubscribeAsync(collector);

        await Publish(0, 50);

        (await collector.Reaches(50)).ShouldBe(Collector.Expected("p", 0, 50));
    }

    [Fact]
    public async Task ProducerInASiloOutsideAnyGrain_CanPublish()
    {
        var collector = new Collector();
        await FromClient.SubscribeAsync(collector);

        await FromSilo(0).OnNextAsync(new Tick("host", 0));
        await FromSilo(0).OnNextBatchAsync([new Tick("host", 1), new Tick("host", 2)]);

        (await collector.Reaches(3)).ShouldBe(Collector.Expected("host", 0, 3));
    }

    [Fact]
    public async Task TwoSubscribers_EachGetEverything()
    {
        var one = new Collector();
        var two = new Collector();
        await FromClient.SubscribeAsync(one);
        await FromSilo(0).SubscribeAsync(two);

        await Publish(0, 20);

        (await one.Reaches(20)).ShouldBe(Collector.Expected("p", 0, 20));
        (await two.Reaches(20)).ShouldBe(Collector.Expected("p", 0, 20));
    }

    [Fact]
    public async Task StreamsOfOneProvider_DoNotMix()
    {
        var mine = new Collector();
        var others = new Collector();
        await FromClient.SubscribeAsync(mine);
        await fixture.Client.GetStreamProvider(Provider).GetStream<Tick>(StreamId.Create("other", _stream))
            .SubscribeAsync(others);

        await Publish(0, 5);
        await mine.Reaches(5);

        others.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task AfterUnsubscribe_NothingMoreArrives()
    {
        var stays = new Collector();
        var leaves = new Collector();
        await FromClient.SubscribeAsync(stays);
        var handle = await FromClient.SubscribeAsync(leaves);
        await Publish(0, 1);
        await Task.WhenAll(stays.Reaches(1), leaves.Reaches(1));

        await handle.UnsubscribeAsync();
        await Publish(1, 2);
        await stays.Reaches(3);

        leaves.Received.ShouldBe(["p#0"]);
        (await FromClient.GetAllSubscriptionHandles()).Count.ShouldBe(1);
    }

    // docs/streaming/streams-programming-apis, "Resuming a subscription": a handle outlives its observer.
    [Fact]
    public async Task ResumedHandle_DeliversToTheNewObserver()
    {
        var before = new Collector();
        var after = new Collector();
        var made = await FromClient.SubscribeAsync(before);
        await Publish(0, 1);
        await before.Reaches(1);

        var handle = (await FromClient.GetAllSubscriptionHandles()).ShouldHaveSingleItem();
        handle.HandleId.ShouldBe(made.HandleId);
        await handle.ResumeAsync(after);
        await Publish(1, 3);

        (await after.Reaches(3)).ShouldBe(Collector.Expected("p", 1, 3));
        before.Received.ShouldBe(["p#0"]);
    }

    [Fact]
    public async Task HandleKnowsItsStream()
    {
        var handle = await FromClient.SubscribeAsync(new Collector());

        handle.StreamId.ShouldBe(StreamId.Create("ticks", _stream));
        handle.ProviderName.ShouldBe(Provider);
        FromClient.StreamId.ShouldBe(handle.StreamId);
        await handle.UnsubscribeAsync();
        (await FromClient.GetAllSubscriptionHandles()).ShouldBeEmpty();
    }

    [Fact]
    public async Task SeveralProducers_EachKeepTheirOrder()
    {
        var collector = new Collector();
        await FromClient.SubscribeAsync(collector);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(p => Publish(0, 25, "p" + p)));
        var all = await collector.Reaches(100);

        for (var p = 0; p < 4; p++)
            all.Where(e => e.StartsWith($"p{p}#", StringComparison.Ordinal))
                .ShouldBe(Collector.Expected("p" + p, 0, 25));
    }
}
