using System.Collections.Concurrent;
using System.Threading.Channels;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Providers;
using Orleans.Streams;
using Orleans.TestingHost;

namespace Orleans.StandIn.Tests.Streams;

public interface IRelayGrain : IGrainWithStringKey
{
    Task Publish(IAsyncStream<int> stream, int item);

    Task<StreamSubscriptionHandle<int>> Listen(IAsyncStream<int> stream);

    Task End(StreamSubscriptionHandle<int> handle);

    Task<List<int>> Heard();
}

public sealed class RelayGrain : Grain, IRelayGrain
{
    private readonly List<int> _heard = [];

    public Task Publish(IAsyncStream<int> stream, int item) => stream.OnNextAsync(item);

    public Task<StreamSubscriptionHandle<int>> Listen(IAsyncStream<int> stream) => stream.SubscribeAsync((item, _) =>
    {
        _heard.Add(item);
        return Task.CompletedTask;
    });

    public Task End(StreamSubscriptionHandle<int> handle) => handle.UnsubscribeAsync();

    public Task<List<int>> Heard() => Task.FromResult(_heard);
}

/// <summary>Memory streams that read often and try again at once, so that failures show quickly.</summary>
public sealed class StreamDeliveryTests : IAsyncLifetime
{
    private const string One = "one";
    private const string Patient = "patient";
    private const string Batches = "batches";
    private const string Faulting = "faulting";
    private readonly string _key = Guid.NewGuid().ToString("N");
    private readonly InProcessTestCluster _cluster;

    public StreamDeliveryTests()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams(One, streams => Hurry(streams, batch: 1));
            silo.AddMemoryStreams(Patient, streams => Hurry(streams, batch: 1, patience: TimeSpan.FromMinutes(1)));
            silo.AddMemoryStreams(Batches, streams => Hurry(streams, batch: 100));
            silo.AddPersistentStreams(
                Faulting, (services, name) => new FaultingFactory(StreamingServices.MemoryAdapters(services, name)),
                streams => Hurry(streams, batch: 1));
        });
        builder.ConfigureClient(client =>
        {
            foreach (var name in new[] { One, Patient, Batches, Faulting })
                client.AddMemoryStreams(name);
        });
        _cluster = builder.Build();
    }

    public Task InitializeAsync() => _cluster.DeployAsync();

    public async Task DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task FailingObserver_GetsTheSameEventAgain_ThenTheNext()
    {
        var seen = Channel.CreateUnbounded<int>();
        var failures = 3;
        await Stream(Patient).SubscribeAsync((item, _) =>
        {
            seen.Writer.TryWrite(item);
            return failures-- > 0 ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        });
        await Stream(Patient).OnNextAsync(1);
        await Stream(Patient).OnNextAsync(2);
        (await Take(seen, 5)).ShouldBe([1, 1, 1, 1, 2]);
    }

    [Fact]
    public async Task EventThatAlwaysFails_IsGivenUp_AndTheObserverHearsOfIt()
    {
        var seen = Channel.CreateUnbounded<string>();
        await Stream(One).SubscribeAsync(
            (item, _) => item == 1 ? throw new InvalidOperationException("never") : Write(seen, $"{item}"),
            error => Write(seen, error.GetType().Name));
        await Stream(One).OnNextAsync(1);
        await Stream(One).OnNextAsync(2);
        (await Take(seen, 2)).ShouldBe([nameof(StreamEventDeliveryFailureException), "2"]);
    }

    [Fact]
    public async Task FaultingProvider_EndsTheSubscriptionThatFailed()
    {
        var errors = Channel.CreateUnbounded<string>();
        await Stream(Faulting).SubscribeAsync(
            (_, _) => throw new InvalidOperationException("never"), error => Write(errors, error.GetType().Name));
        await Stream(Faulting).OnNextAsync(1);
        (await Take(errors, 2)).ShouldBe(
            [nameof(StreamEventDeliveryFailureException), nameof(FaultedSubscriptionException)]);

        // The observer hears of it before the register does.
        while ((await Stream(Faulting).GetAllSubscriptionHandles()).Count > 0)
            await Task.Yield();
    }

    [Fact]
    public async Task BatchObserver_GetsBatchesJoined_InOrder()
    {
        var seen = Channel.CreateUnbounded<int>();
        var sizes = new ConcurrentQueue<int>();
        await Stream(Batches).SubscribeAsync(async items =>
        {
            sizes.Enqueue(items.Count);
            foreach (var item in items)
                await Write(seen, item.Item);
        });
        for (var i = 0; i < 200; i += 2)
            await Stream(Batches).OnNextBatchAsync([i, i + 1]);
        (await Take(seen, 200)).ShouldBe(Enumerable.Range(0, 200));
        sizes.ShouldAllBe(size => size >= 2, "what was put together stays together");
    }

    [Fact]
    public async Task SubscriptionFromAPlace_GetsWhatCameBefore()
    {
        var first = Channel.CreateUnbounded<(int Item, StreamSequenceToken Token)>();
        await Stream(One).SubscribeAsync((item, token) => Write(first, (item, token!)));
        for (var i = 0; i < 5; i++)
            await Stream(One).OnNextAsync(i);
        var events = await Take(first, 5);

        var again = Channel.CreateUnbounded<int>();
        await Stream(One).SubscribeAsync((item, _) => Write(again, item), events[2].Token);
        (await Take(again, 3)).ShouldBe([2, 3, 4]);
        await Stream(One).OnNextAsync(5);
        (await Take(again, 1)).ShouldBe([5]);
    }

    [Fact]
    public async Task Subscribers_GetCopiesOfTheirOwn()
    {
        var seen = Channel.CreateUnbounded<List<int>>();
        var stream = Provider(One).GetStream<List<int>>(_key);
        await stream.SubscribeAsync((item, _) => Write(seen, item));
        await stream.SubscribeAsync((item, _) => Write(seen, item));
        await stream.OnNextAsync([1]);
        var both = await Take(seen, 2);
        both[0].ShouldBe([1]);
        both[0].ShouldNotBeSameAs(both[1]);
    }

    [Fact]
    public async Task RequestContext_OfTheProducer_ReachesTheObserver()
    {
        var seen = Channel.CreateUnbounded<string>();
        await Stream(One).SubscribeAsync((_, _) => Write(seen, (string)RequestContext.Get("who")!));
        RequestContext.Set("who", "producer");
        await Stream(One).OnNextAsync(1);
        (await Take(seen, 1)).ShouldBe(["producer"]);
    }

    [Fact]
    public async Task StreamsAndHandles_CanBeSent_AndBelongToTheGrainThatUsesThem()
    {
        var seen = Channel.CreateUnbounded<int>();
        await Stream(One).SubscribeAsync((item, _) => Write(seen, item));
        var grain = _cluster.Client.GetGrain<IRelayGrain>(_key);
        var handle = await grain.Listen(Stream(One));

        await grain.Publish(Stream(One), 1);
        await Take(seen, 1);
        while ((await grain.Heard()).Count == 0)
            await Task.Yield();
        await grain.End(handle);
        await grain.Publish(Stream(One), 2);
        await Take(seen, 1);

        (await grain.Heard()).ShouldBe([1]);
        (await Stream(One).GetAllSubscriptionHandles()).Count.ShouldBe(1, "the client's own; the grain's was ended");
    }

    [Fact]
    public async Task HandleUsedTwice_AndWhatStreamsCannotDo_AreRefused()
    {
        var handle = await Stream(One).SubscribeAsync((_, _) => Task.CompletedTask);
        (handle.ProviderName, handle.StreamId.GetKeyAsString()).ShouldBe((One, _key));
        await handle.UnsubscribeAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => handle.UnsubscribeAsync());
        await Should.ThrowAsync<NotSupportedException>(() => Stream(One).OnCompletedAsync());
        Should.Throw<KeyNotFoundException>(() => Provider("unknown"));
    }

    private static void Hurry(ISiloPersistentStreamConfigurator streams, int batch, TimeSpan? patience = null)
    {
        streams.ConfigurePullingAgent(agent => agent.Configure(options =>
        {
            options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(5);
            options.MaxEventDeliveryTime = patience ?? TimeSpan.FromMilliseconds(100);
            options.BatchContainerBatchSize = batch;
        }));
        streams.ConfigureBackoffProvider((_, _) => new NoBackoff());
    }

    private static async Task<List<T>> Take<T>(Channel<T> channel, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var taken = new List<T>();
        while (taken.Count < count)
            taken.Add(await channel.Reader.ReadAsync(patience.Token));
        return taken;
    }

    private static Task Write<T>(Channel<T> channel, T value) => channel.Writer.WriteAsync(value).AsTask();

    private IStreamProvider Provider(string name) => _cluster.Client.GetStreamProvider(name);

    private IAsyncStream<int> Stream(string provider) => Provider(provider).GetStream<int>(_key);

    private sealed class NoBackoff : IMessageDeliveryBackoffProvider
    {
        public TimeSpan Next(int attempt) => TimeSpan.FromMilliseconds(1);
    }

    private sealed class FaultingFactory(IQueueAdapterFactory inner) : IQueueAdapterFactory
    {
        public Task<IQueueAdapter> CreateAdapter() => inner.CreateAdapter(CancellationToken.None);

        public IQueueAdapterCache GetQueueAdapterCache() => inner.GetQueueAdapterCache();

        public IStreamQueueMapper GetStreamQueueMapper() => inner.GetStreamQueueMapper();

        public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
            Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler(faultOnError: true));
    }
}
