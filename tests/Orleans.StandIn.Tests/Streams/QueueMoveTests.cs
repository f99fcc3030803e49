using System.Collections.Concurrent;
using System.Threading.Channels;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.Streams;
using Orleans.TestingHost;

namespace Orleans.StandIn.Tests.Streams;

/// <summary>
/// What becomes of the queues of memory streams when silos come and go. Subscriptions outlive them here; what an agent
/// has read and not delivered when its queue moves is lost, as in Orleans, so each event is published until it is seen.
/// </summary>
public sealed class QueueMoveTests : IAsyncLifetime
{
    private const string Provider = "memory";
    private const int Streams = 16;
    private readonly KeptStorage _subscriptions = new();
    private readonly Channel<(int Stream, int Item)> _seen = Channel.CreateUnbounded<(int, int)>();
    private readonly InProcessTestCluster _cluster;

    public QueueMoveTests()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddGrainStorage("PubSubStore", (_, _) => _subscriptions);
            silo.AddMemoryStreams(Provider, streams => streams.ConfigurePullingAgent(
                agent => agent.Configure(o => o.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(5))));
        });
        builder.ConfigureClient(client => client.AddMemoryStreams(Provider));
        _cluster = builder.Build();
    }

    public async Task InitializeAsync()
    {
        await _cluster.DeployAsync();
        for (var i = 0; i < Streams; i++)
        {
            var stream = i;
            await Stream(i).SubscribeAsync((item, _) => _seen.Writer.WriteAsync((stream, item)).AsTask());
        }
    }

    public async Task DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task KilledSilosQueues_AreReadByTheOther()
    {
        await ReachesEveryStream(1);
        await _cluster.KillSiloAsync(_cluster.Silos[1]);
        await ReachesEveryStream(2);
    }

    [Fact]
    public async Task SiloThatJoins_TakesItsShare()
    {
        await ReachesEveryStream(1);
        await _cluster.StartAdditionalSiloAsync();
        await ReachesEveryStream(2);
    }

    private IAsyncStream<int> Stream(int number) =>
        _cluster.Client.GetStreamProvider(Provider).GetStream<int>(StreamId.Create("n", number));

    private async Task ReachesEveryStream(int item)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var missing = Enumerable.Range(0, Streams).ToHashSet();
        while (missing.Count > 0)
        {
            var published = 0;
            foreach (var stream in missing)
                published += await TryPublish(Stream(stream), item) ? 1 : 0;
            for (; published > 0 && await SeeOne(patience.Token) is { } seen; published--)
                missing.ExceptWith(seen.Item == item ? [seen.Stream] : []);
        }
    }

    // Null when nothing has come for a while: the event may be lost with its queue.
    private async Task<(int Stream, int Item)?> SeeOne(CancellationToken patience)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(patience);
        soon.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            return await _seen.Reader.ReadAsync(soon.Token);
        }
        catch (OperationCanceledException) when (!patience.IsCancellationRequested)
        {
            return null;
        }
    }

    // A call that was on its way to the dead silo fails; the next one finds the queue's new place.
    private static async Task<bool> TryPublish(IAsyncStream<int> stream, int item)
    {
        try
        {
            await stream.OnNextAsync(item);
            return true;
        }
        catch (OrleansMessageRejectionException)
        {
            return false;
        }
    }

    private sealed class KeptStorage : IGrainStorage
    {
        private readonly ConcurrentDictionary<string, object> _records = new();

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            grainState.RecordExists = _records.TryGetValue(stateName + grainId, out var record);
            if (grainState.RecordExists)
                grainState.State = new Orleans.Serialization.DeepCopier().Copy((T)record!);
            return Task.CompletedTask;
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            _records[stateName + grainId] = new Orleans.Serialization.DeepCopier().Copy(grainState.State)!;
            grainState.RecordExists = true;
            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            _records.TryRemove(stateName + grainId, out _);
            grainState.RecordExists = false;
            return Task.CompletedTask;
        }
    }
}
