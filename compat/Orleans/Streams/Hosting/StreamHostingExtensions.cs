using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Streams;

namespace Orleans.Hosting;

/// <summary>Adds stream providers to a silo.</summary>
public static class SiloBuilderStreamingExtensions
{
    /// <summary>Adds what all stream providers need; every provider does so by itself.</summary>
    public static ISiloBuilder AddStreaming(this ISiloBuilder builder)
    {
        StreamingServices.AddCommon(builder.Services);
        return builder;
    }

    /// <summary>
    /// Adds a stream provider over the queues of an adapter. Subscriptions need a storage named "PubSubStore".
    /// </summary>
    public static ISiloBuilder AddPersistentStreams(
        this ISiloBuilder builder,
        string name,
        Func<IServiceProvider, string, IQueueAdapterFactory> adapterFactory,
        Action<ISiloPersistentStreamConfigurator>? configureStream)
    {
        var configurator = StreamingServices.AddToSilo(builder, name, adapterFactory);
        configureStream?.Invoke(configurator);
        return builder;
    }
}

/// <summary>Adds memory streams to a silo.</summary>
public static class SiloBuilderMemoryStreamExtensions
{
    /// <summary>Adds streams through queues in the memory of the silos.</summary>
    public static ISiloBuilder AddMemoryStreams(
        this ISiloBuilder builder, string name, Action<ISiloMemoryStreamConfigurator>? configure = null)
    {
        var configurator = StreamingServices.AddToSilo(builder, name, StreamingServices.MemoryAdapters);
        configure?.Invoke(configurator);
        return builder;
    }
}

/// <summary>Adds stream providers to a client.</summary>
public static class ClientBuilderStreamingExtensions
{
    /// <summary>Adds what all stream providers need; every provider does so by itself.</summary>
    public static IClientBuilder AddStreaming(this IClientBuilder builder)
    {
        StreamingServices.AddCommon(builder.Services);
        return builder;
    }

    /// <summary>
    /// Adds streams through queues in the memory of the silos; they must have them under the same name.
    /// </summary>
    public static IClientBuilder AddMemoryStreams(
        this IClientBuilder builder, string name, Action<IClusterClientMemoryStreamConfigurator>? configure = null)
    {
        var configurator = StreamingServices.AddToClient(builder, name, StreamingServices.MemoryAdapters);
        configure?.Invoke(configurator);
        return builder;
    }

    /// <summary>
    /// Adds a stream provider over the queues of an adapter; the silos must have it under the same name.
    /// </summary>
    public static IClientBuilder AddPersistentStreams(
        this IClientBuilder builder,
        string name,
        Func<IServiceProvider, string, IQueueAdapterFactory> adapterFactory,
        Action<IClusterClientPersistentStreamConfigurator>? configureStream)
    {
        var configurator = StreamingServices.AddToClient(builder, name, adapterFactory);
        configureStream?.Invoke(configurator);
        return builder;
    }
}

/// <summary>The services behind stream providers.</summary>
internal static class StreamingServices
{
    public static void AddCommon(IServiceCollection services)
    {
        services.AddOptions();
        services.TryAddSingleton<StreamConsumers>();
    }

    public static StreamConfigurator AddToSilo(
        ISiloBuilder builder, string name, Func<IServiceProvider, string, IQueueAdapterFactory> adapterFactory)
    {
        Add(builder.Services, name, adapterFactory);
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(sp => new StreamProviderOfSilo(name, sp));
        return new StreamConfigurator(name, configure => configure(builder.Services));
    }

    public static StreamConfigurator AddToClient(
        IClientBuilder builder, string name, Func<IServiceProvider, string, IQueueAdapterFactory> adapterFactory)
    {
        Add(builder.Services, name, adapterFactory);
        builder.Services.AddSingleton<IHostedService>(sp => new StreamProviderOfClient(name, sp));
        return new StreamConfigurator(name, configure => configure(builder.Services));
    }

    public static IQueueAdapterFactory MemoryAdapters(IServiceProvider services, string name) =>
        new MemoryAdapterFactory(
        name,
        services.GetRequiredService<IOptionsMonitor<HashRingStreamQueueMapperOptions>>().Get(name),
        services.GetRequiredService<IGrainFactory>(),
        services.GetRequiredService<TimeProvider>());

    public static void RequirePubSubStore(IServiceProvider services, string name)
    {
        var type = services.GetRequiredService<IOptionsMonitor<StreamPubSubOptions>>().Get(name).PubSubType;
        if (type == StreamPubSubType.ImplicitOnly
            || services.GetKeyedService<IGrainStorage>(name) is not null
            || services.GetKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME) is not null)
            return;
        throw new OrleansConfigurationException(
            $"Streams with pubsub type {StreamPubSubType.ExplicitGrainBasedAndImplicit} and "
            + $"{StreamPubSubType.ExplicitGrainBasedOnly} requires a grain storage named "
            + $"{ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME} or {name} to be configured with silo. Please configure"
            + $" one for your stream {name}.");
    }

    private static void Add(
        IServiceCollection services, string name, Func<IServiceProvider, string, IQueueAdapterFactory> adapterFactory)
    {
        AddCommon(services);
        services.AddKeyedSingleton<IStreamProvider>(name, (sp, _) => new PersistentStreamProvider(name, sp));
        services.AddKeyedSingleton(name, (sp, _) => adapterFactory(sp, name));
    }
}
