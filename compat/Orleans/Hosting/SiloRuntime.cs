using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace Orleans.Runtime;

/// <summary>One silo: its parts, and its way in and out of the cluster.</summary>
internal sealed class SiloRuntime : ILocalSiloDetails, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource ended = new();
    private ITimer? collector;
    private volatile bool dead;

    public SiloRuntime(IServiceProvider services, ILogger<SiloRuntime> log, TimeProvider time)
    {
        Services = services;
        Log = log;
        Time = time;
        var cluster = Option<ClusterOptions>();
        var endpoint = Option<EndpointOptions>();
        ClusterId = cluster.ClusterId;
        var generation = SiloAddress.AllocateNewGeneration();
        SiloAddress = SiloAddress.New(endpoint.AdvertisedIPAddress, endpoint.SiloPort, generation);
        GatewayAddress = SiloAddress.New(endpoint.AdvertisedIPAddress, endpoint.GatewayPort, generation);
        Name = Option<SiloOptions>() is { SiloName: { Length: > 0 } name } ? name : $"Silo_{generation:x}";
        Metadata = Option<SiloMetadataSettings>().Metadata;
        Collection = Option<GrainCollectionOptions>();
        Network = InProcessNetwork.Of(cluster.ClusterId, cluster.ServiceId);
        Classes = new GrainClasses(services);
        Catalog = new Catalog(this);
        Placement = new PlacementService(this);
        Lifecycle = new LifecycleSubject(log);
        Caller = new SiloCaller(
            this, Option<SiloMessagingOptions>(), services.GetRequiredService<IMessageCopier>());
    }

    public IServiceProvider Services { get; }

    public ILogger Log { get; }

    public TimeProvider Time { get; }

    public string Name { get; }

    public string ClusterId { get; }

    public string DnsHostName => Dns.GetHostName();

    public SiloAddress SiloAddress { get; }

    public SiloAddress Address => SiloAddress;

    public SiloAddress GatewayAddress { get; }

    public SiloMetadata Metadata { get; }

    public GrainCollectionOptions Collection { get; }

    public InProcessNetwork Network { get; }

    public GrainClasses Classes { get; }

    public Catalog Catalog { get; }

    public PlacementService Placement { get; }

    public SiloCaller Caller { get; }

    public LifecycleSubject Lifecycle { get; }

    /// <summary>Cancelled when the silo begins to leave.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Cancelled when the silo is out of the cluster.</summary>
    public CancellationToken Ended => ended.Token;

    /// <summary>True from when the silo begins to leave.</summary>
    public bool IsStopping => stopping.IsCancellationRequested;

    /// <summary>True once the cluster has given this silo up; nothing that it does has any effect any more.</summary>
    public bool IsDead => dead;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Network.Join(this);
        Lifecycle.Subscribe<SiloRuntime>(ServiceLifecycleStage.BecomeActive, BecomeActive, LeaveGracefully);
        foreach (var participant in Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
            participant.Participate(Lifecycle);
        await Lifecycle.OnStart(cancellationToken);
    }

    /// <summary>In good order, or at once when the token is cancelled already.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            Kill();
        await Lifecycle.OnStop(cancellationToken);
        Network.DeclareDead(Address);
    }

    /// <summary>The end without a word: activations, memory and unsent messages are lost.</summary>
    public void Kill() => Network.DeclareDead(Address);

    /// <summary>The network has removed this silo.</summary>
    public void Die()
    {
        dead = true;
        stopping.Cancel();
        ended.Cancel();
        collector?.Dispose();
        Catalog.Kill();
        Caller.Dispose();
    }

    /// <summary>Sends a request on whose target has moved.</summary>
    public void Forward(Message message) => Caller.Forward(message);

    public void Dispose()
    {
        Network.DeclareDead(Address);
        collector?.Dispose();
        Caller.Dispose();
    }

    private Task BecomeActive(CancellationToken cancellationToken)
    {
        Network.SetStatus(this, SiloStatus.Active);
        collector = Time.CreateTimer(
            static catalog => _ = ((Catalog)catalog!).CollectIdle(null),
            Catalog,
            Collection.CollectionQuantum,
            Collection.CollectionQuantum);
        return Task.CompletedTask;
    }

    private async Task LeaveGracefully(CancellationToken cancellationToken)
    {
        Network.SetStatus(this, SiloStatus.ShuttingDown);
        await stopping.CancelAsync();
        await Catalog.CloseAsync(cancellationToken);
    }

    private T Option<T>()
        where T : class => Services.GetRequiredService<IOptions<T>>().Value;
}
