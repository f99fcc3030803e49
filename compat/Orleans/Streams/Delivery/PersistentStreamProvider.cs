using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>
/// A stream provider over queues: writes through its adapter and, in a silo, lets agents read the queues that the
/// balancer gives it.
/// </summary>
internal sealed class PersistentStreamProvider(string name, IServiceProvider services) : IStreamProvider
{
    private IQueueAdapterFactory? _factory;
    private IQueueAdapter? _adapter;
    private PullingAgents? _agents;

    public string Name => name;

    public bool IsRewindable => Adapter.IsRewindable;

    public IServiceProvider Services => services;

    public IQueueAdapter Adapter => _adapter
        ?? throw new InvalidOperationException($"Stream provider {name} is not started yet.");

    public IQueueAdapterFactory Factory => _factory!;

    public StreamPubSub PubSub { get; } = new(services.GetRequiredService<IGrainFactory>(), name);

    public StreamConsumers Consumers { get; } = services.GetRequiredService<StreamConsumers>();

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new AsyncStream<T>(this, streamId);

    /// <summary>Makes the way to the queues.</summary>
    public async Task InitAsync(CancellationToken cancellationToken)
    {
        _factory = services.GetRequiredKeyedService<IQueueAdapterFactory>(name);
        _adapter = await _factory.CreateAdapter(cancellationToken);
    }

    /// <summary>Begins to read queues.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Adapter.Direction is not (StreamProviderDirection.ReadOnly or StreamProviderDirection.ReadWrite))
            return;
        _agents = new PullingAgents(this, services.GetRequiredService<SiloRuntime>());
        await _agents.StartAsync();
    }

    /// <summary>Ends reading.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        _agents?.StopAsync().WaitAsync(cancellationToken) ?? Task.CompletedTask;
}

/// <summary>Starts and stops the stream provider of a silo with it.</summary>
internal sealed class StreamProviderOfSilo(string name, IServiceProvider services)
    : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle)
    {
        var provider = (PersistentStreamProvider)services.GetRequiredKeyedService<IStreamProvider>(name);
        var options = services.GetRequiredService<IOptionsMonitor<StreamLifecycleOptions>>().Get(name);
        lifecycle.Subscribe($"streams {name} init", options.InitStage, InitAsync);
        lifecycle.Subscribe($"streams {name} start", options.StartStage, provider.StartAsync, provider.StopAsync);

        Task InitAsync(CancellationToken cancellationToken)
        {
            StreamingServices.RequirePubSubStore(services, name);
            return provider.InitAsync(cancellationToken);
        }
    }
}

/// <summary>Starts the stream provider of a client with its host.</summary>
internal sealed class StreamProviderOfClient(string name, IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        ((PersistentStreamProvider)services.GetRequiredKeyedService<IStreamProvider>(name))
            .InitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
