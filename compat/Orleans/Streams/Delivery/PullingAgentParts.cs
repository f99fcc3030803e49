using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Internal;
using Orleans.Runtime.Providers;

namespace Orleans.Streams;

/// <summary>What an agent works with.</summary>
internal sealed class PullingAgentParts(
    PersistentStreamProvider provider, QueueId queue, IStreamFailureHandler failures, string address, ILogger log)
{
    public PersistentStreamProvider Provider => provider;

    public QueueId Queue => queue;

    public IStreamFailureHandler Failures => failures;

    /// <summary>The identity under which the silo delivers.</summary>
    public string Address => address;

    public ILogger Log => log;

    public TimeProvider Time { get; } = provider.Services.GetRequiredService<TimeProvider>();

    public StreamPullingAgentOptions Options { get; } =
        provider.Services.GetRequiredService<IOptionsMonitor<StreamPullingAgentOptions>>().Get(provider.Name);

    public IQueueCache Cache { get; } = provider.Factory.GetQueueAdapterCache().CreateQueueCache(queue);

    public IQueueAdapterReceiver Receiver { get; } = provider.Adapter.CreateReceiver(queue);

    public IBackoffProvider DeliveryBackoff { get; } =
        provider.Services.GetKeyedService<IMessageDeliveryBackoffProvider>(provider.Name)
        ?? (IBackoffProvider)new DoublingBackoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    public IBackoffProvider ReaderBackoff { get; } =
        provider.Services.GetKeyedService<IQueueReaderBackoffProvider>(provider.Name)
        ?? (IBackoffProvider)new DoublingBackoff(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));

    private sealed class DoublingBackoff(TimeSpan first, TimeSpan last) : IBackoffProvider
    {
        public TimeSpan Next(int attempt) =>
            TimeSpan.FromTicks(Math.Min(last.Ticks, first.Ticks << Math.Min(attempt, 10)));
    }
}
