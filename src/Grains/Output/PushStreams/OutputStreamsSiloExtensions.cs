using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Providers;
using Orleans.Streams;

namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>Sets up the output streams of a silo.</summary>
public static class OutputStreamsSiloExtensions
{
    /// <summary>Registers <see cref="OutputStreams.Provider"/>. Subscriptions need a grain storage named
    /// <c>PubSubStore</c>.</summary>
    public static ISiloBuilder AddOutputStreams(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddPersistentStreams(OutputStreams.Provider, FactoryOf, streams =>
        {
            streams.ConfigureStreamPubSub(StreamPubSubType.ExplicitGrainBasedOnly);
            streams.ConfigurePartitionBalancing((services, name) => new LocalQueueBalancer(QueueOf(services, name)));
            streams.ConfigureBackoffProvider((_, _) => (IMessageDeliveryBackoffProvider)new SteadyBackoff());
            streams.ConfigurePullingAgent(agent => agent.Configure(options =>
            {
                // The receiver itself waits for batches; the timer only starts the next wait.
                options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(1);
                options.BatchContainerBatchSize = 1;
                options.MaxEventDeliveryTime = PushLimits.Delivery;
            }));
        });
    }

    private static PushAdapterFactory FactoryOf(IServiceProvider services, string name) => new(
        name, services.GetRequiredService<ILocalSiloDetails>(), services.GetRequiredService<TimeProvider>());

    private static QueueId QueueOf(IServiceProvider services, string name) =>
        ((PushAdapterFactory)services.GetRequiredKeyedService<IQueueAdapterFactory>(name)).LocalQueue;
}
