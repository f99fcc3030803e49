using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Providers;
using Orleans.Streams;

namespace Orleans.Hosting;

/// <summary>Configures a stream provider.</summary>
public interface IPersistentStreamConfigurator : INamedServiceConfigurator;

/// <summary>Configures a stream provider of a silo.</summary>
public interface ISiloPersistentStreamConfigurator : IPersistentStreamConfigurator;

/// <summary>Configures a stream provider of a client.</summary>
public interface IClusterClientPersistentStreamConfigurator : IPersistentStreamConfigurator;

/// <summary>Configures memory streams.</summary>
public interface IMemoryStreamConfigurator : INamedServiceConfigurator;

/// <summary>Configures the stream provider of a silo that can go back to places of its queue.</summary>
public interface ISiloRecoverableStreamConfigurator : ISiloPersistentStreamConfigurator;

/// <summary>Configures memory streams of a silo.</summary>
public interface ISiloMemoryStreamConfigurator : IMemoryStreamConfigurator, ISiloRecoverableStreamConfigurator;

/// <summary>Configures memory streams of a client.</summary>
public interface IClusterClientMemoryStreamConfigurator
    : IMemoryStreamConfigurator, IClusterClientPersistentStreamConfigurator;

/// <summary>Extends <see cref="IPersistentStreamConfigurator"/>.</summary>
public static class PersistentStreamConfiguratorExtensions
{
    /// <summary>Says where subscriptions come from.</summary>
    public static void ConfigureStreamPubSub(
        this IPersistentStreamConfigurator configurator,
        StreamPubSubType pubsubType = StreamPubSubOptions.DEFAULT_STREAM_PUBSUB_TYPE) =>
        configurator.Configure<StreamPubSubOptions>(o => o.Configure(options => options.PubSubType = pubsubType));
}

/// <summary>Extends <see cref="ISiloPersistentStreamConfigurator"/>.</summary>
public static class SiloPersistentStreamConfiguratorExtensions
{
    /// <summary>Says how agents read and deliver.</summary>
    public static void ConfigurePullingAgent(
        this ISiloPersistentStreamConfigurator configurator,
        Action<OptionsBuilder<StreamPullingAgentOptions>>? configureOptions = null) =>
        configurator.Configure(configureOptions);

    /// <summary>Says when the provider begins.</summary>
    public static void ConfigureLifecycle(
        this ISiloPersistentStreamConfigurator configurator,
        Action<OptionsBuilder<StreamLifecycleOptions>> configureOptions) =>
        configurator.Configure(configureOptions);

    /// <summary>Says which queues a silo reads.</summary>
    public static void ConfigurePartitionBalancing(
        this ISiloPersistentStreamConfigurator configurator,
        Func<IServiceProvider, string, IStreamQueueBalancer> factory) =>
        configurator.ConfigureComponent(factory);

    /// <summary>Says which queues a silo reads, with options.</summary>
    public static void ConfigurePartitionBalancing<TOptions>(
        this ISiloPersistentStreamConfigurator configurator,
        Func<IServiceProvider, string, IStreamQueueBalancer> factory,
        Action<OptionsBuilder<TOptions>> configureOptions)
        where TOptions : class, new() =>
        configurator.ConfigureComponent(factory, configureOptions);

    /// <summary>Says how long to wait before an event is delivered again.</summary>
    public static void ConfigureBackoffProvider(
        this ISiloPersistentStreamConfigurator configurator,
        Func<IServiceProvider, string, IMessageDeliveryBackoffProvider> factory) =>
        configurator.ConfigureComponent(factory);

    /// <summary>Says how long to wait before a queue that failed is read again.</summary>
    public static void ConfigureBackoffProvider(
        this ISiloPersistentStreamConfigurator configurator,
        Func<IServiceProvider, string, IQueueReaderBackoffProvider> factory) =>
        configurator.ConfigureComponent(factory);
}

/// <summary>Extends <see cref="IMemoryStreamConfigurator"/>.</summary>
public static class MemoryStreamConfiguratorExtensions
{
    /// <summary>Says over how many queues the streams are spread.</summary>
    public static void ConfigurePartitioning(
        this IMemoryStreamConfigurator configurator,
        int numOfQueues = HashRingStreamQueueMapperOptions.DEFAULT_NUM_QUEUES) =>
        configurator.Configure<HashRingStreamQueueMapperOptions>(o =>
            o.Configure(options => options.TotalQueueCount = numOfQueues));
}

/// <summary>The configurator that silos and clients hand out.</summary>
internal sealed class StreamConfigurator(
    string name, Action<Action<Microsoft.Extensions.DependencyInjection.IServiceCollection>> configureDelegate)
    : NamedServiceConfigurator(name, configureDelegate), ISiloMemoryStreamConfigurator,
        IClusterClientMemoryStreamConfigurator;
