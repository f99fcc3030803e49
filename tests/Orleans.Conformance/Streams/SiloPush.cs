using System.Collections.Concurrent;
using System.Threading.Channels;
using AgenticOS.Conformance.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Runtime.Providers;
using Orleans.Streams;

namespace AgenticOS.Conformance.Streams;

/// <summary>
/// A push provider over the documented extension point (docs/streaming/stream-providers, "queue adapter"): each silo
/// has one bounded queue in memory, which only it writes and only it reads; the receiver waits for messages instead of
/// being polled.
/// </summary>
public sealed class SiloPush : IQueueAdapterFactory, IQueueAdapter, IQueueAdapterCache, IStreamQueueMapper
{
    private readonly Channel<IBatchContainer> _queue = Channel.CreateBounded<IBatchContainer>(4096);
    private readonly bool _inSilo;
    private long _sequence;

    private SiloPush(IServiceProvider services, string name)
    {
        Name = name;
        var silo = services.GetService<ILocalSiloDetails>();
        _inSilo = silo is not null;
        LocalQueue = silo is null
            ? QueueId.GetQueueId(name + "-client", 0, 0)
            : QueueId.GetQueueId(name + silo.SiloAddress.ToParsableString(), 0,
                (uint)silo.SiloAddress.GetConsistentHashCode());
    }

    public string Name { get; }

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    /// <summary>The one queue of this silo.</summary>
    public QueueId LocalQueue { get; }

    /// <summary>Registers the provider on a silo; only the local queue is ever read there.</summary>
    public static void AddTo(ISiloBuilder silo, string name) => silo.AddPersistentStreams(name, Create, streams =>
    {
        streams.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly);
        streams.ConfigurePartitionBalancing((services, provider) => new LocalQueueOnly(
            (SiloPush)services.GetRequiredKeyedService<IQueueAdapterFactory>(provider)));
        streams.ConfigureBackoffProvider((_, _) => (IMessageDeliveryBackoffProvider)new SteadyBackoff());
        streams.ConfigurePullingAgent(agent => agent.Configure(options =>
        {
            options.BatchContainerBatchSize = 1;
            options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(1);
            options.MaxEventDeliveryTime = TimeSpan.FromSeconds(30);
        }));
    });

    /// <summary>Registers the provider on an external client, which may only consume.</summary>
    public static void AddTo(IClientBuilder client, string name) => client.AddPersistentStreams(name, Create, streams =>
        streams.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly));

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IStreamQueueMapper GetStreamQueueMapper() => this;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());

    public IEnumerable<QueueId> GetAllQueues() => [LocalQueue];

    public QueueId GetQueueForStream(StreamId streamId) => LocalQueue;

    public IQueueCache CreateQueueCache(QueueId queueId) => new PushCache();

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => new Receiver(_queue.Reader);

    public async Task QueueMessageBatchAsync<T>(
        StreamId streamId,
        IEnumerable<T> events,
        StreamSequenceToken? token,
        Dictionary<string, object>? requestContext)
    {
        if (!_inSilo)
            throw new NotSupportedException("only silos produce");
        var batch = new PushBatch(streamId, [.. events.Cast<object>()],
            new EventSequenceTokenV2(Interlocked.Increment(ref _sequence)));
        await _queue.Writer.WriteAsync(batch);
    }

    private static IQueueAdapterFactory Create(IServiceProvider services, string name) => new SiloPush(services, name);

    private sealed class Receiver(ChannelReader<IBatchContainer> queue) : IQueueAdapterReceiver
    {
        private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(1);

        public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

        public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) =>
            GetQueueMessagesAsync(maxCount, CancellationToken.None);

        public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(
            int maxCount, CancellationToken cancellationToken)
        {
            var messages = new List<IBatchContainer>();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(LongPoll);
            try
            {
                await queue.WaitToReadAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                return messages;
            }

            while (messages.Count < 256 && queue.TryRead(out var message))
                messages.Add(message);
            return messages;
        }

        public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

        public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;
    }

    /// <summary>The same short pause before every repetition of a failed delivery.</summary>
    private sealed class SteadyBackoff : IMessageDeliveryBackoffProvider
    {
        public TimeSpan Next(int attempt) => TimeSpan.FromMilliseconds(20);
    }

    /// <summary>The balancer that gives every silo its own queue and nothing else.</summary>
    private sealed class LocalQueueOnly(SiloPush push) : IStreamQueueBalancer
    {
        public Task Initialize(IStreamQueueMapper queueMapper) => Task.CompletedTask;

        public Task Shutdown() => Task.CompletedTask;

        public IEnumerable<QueueId> GetMyQueues() => [push.LocalQueue];

        public bool SubscribeToQueueDistributionChangeEvents(IStreamQueueBalanceListener observer) => true;

        public bool UnSubscribeFromQueueDistributionChangeEvents(IStreamQueueBalanceListener observer) => true;
    }
}
