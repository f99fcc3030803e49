using System.Collections.ObjectModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>Several silos in this process and a client of them, for tests.</summary>
public sealed class InProcessTestCluster : IDisposable, IAsyncDisposable
{
    private const int BasePort = 50000;
    private static int lastPort = BasePort;
    private readonly Lock gate = new();
    private readonly List<InProcessSiloHandle> silos = [];
    private IHost? clientHost;
    private short started;

    internal InProcessTestCluster(InProcessTestClusterOptions options) => Options = options;

    /// <summary>The settings.</summary>
    public InProcessTestClusterOptions Options { get; }

    /// <summary>The silos that run.</summary>
    public ReadOnlyCollection<InProcessSiloHandle> Silos
    {
        get
        {
            lock (gate)
                return silos.ToList().AsReadOnly();
        }
    }

    /// <summary>The client; throws before it is started.</summary>
    public IClusterClient Client => clientHost?.Services.GetRequiredService<IClusterClient>()
        ?? throw new InvalidOperationException("The client is not initialized; deploy the cluster first.");

    /// <summary>The services of a silo, or of the first one.</summary>
    public IServiceProvider GetSiloServiceProvider(SiloAddress? silo = null) =>
        (silo is null ? Silos.FirstOrDefault() : GetSiloForAddress(silo))?.ServiceProvider
        ?? throw new ArgumentException($"No silo with address {silo} in the cluster.", nameof(silo));

    /// <summary>Starts the silos and the client.</summary>
    public async Task DeployAsync()
    {
        if (Silos.Count > 0)
            throw new InvalidOperationException("Cluster host already deployed.");
        await StartSilosAsync(Options.InitialSilosCount);
        if (Options.InitializeClientOnDeploy)
            await InitializeClientAsync();
    }

    /// <summary>The silos that run.</summary>
    public IEnumerable<InProcessSiloHandle> GetActiveSilos() => Silos.Where(s => s.IsActive);

    /// <summary>The silo at this address, if it runs.</summary>
    public InProcessSiloHandle? GetSiloForAddress(SiloAddress siloAddress) =>
        Silos.FirstOrDefault(s => s.SiloAddress.Equals(siloAddress));

    /// <summary>Returns when every silo agrees who is alive.</summary>
    public Task WaitForLivenessToStabilizeAsync(bool didKill = false) => Task.WhenAll(
        Silos.Select(s => s.ServiceProvider.GetRequiredService<IClusterMembershipService>().Refresh().AsTask()));

    /// <summary>Starts one more silo.</summary>
    public async Task<InProcessSiloHandle> StartAdditionalSiloAsync() => (await StartSilosAsync(1))[0];

    /// <summary>Starts so many more silos.</summary>
    public async Task<List<InProcessSiloHandle>> StartSilosAsync(int silosToStart)
    {
        var handles = new List<InProcessSiloHandle>();
        for (var i = 0; i < silosToStart; i++)
        {
            handles.Add(await StartSiloAsync(started++));
        }

        return handles;
    }

    /// <summary>Starts the client.</summary>
    public async Task InitializeClientAsync()
    {
        var builder = NewHost("TestClusterClient");
        builder.UseOrleansClient(client => client.Configure<ClusterOptions>(SetCluster));
        foreach (var configure in Options.ClientHostConfigurationDelegates)
            configure(builder);
        clientHost = builder.Build();
        await clientHost.StartAsync();
    }

    /// <summary>Stops a silo in good order.</summary>
    public Task StopSiloAsync(InProcessSiloHandle instance) => EndAsync(instance, gracefully: true);

    /// <summary>Ends a silo without a word.</summary>
    public Task KillSiloAsync(InProcessSiloHandle instance) => EndAsync(instance, gracefully: false);

    /// <summary>Ends the silo in good order and starts another of its name.</summary>
    public async Task<InProcessSiloHandle?> RestartSiloAsync(InProcessSiloHandle instance)
    {
        await StopSiloAsync(instance);
        return await StartSiloAsync(instance.InstanceNumber);
    }

    /// <summary>Stops every silo in good order.</summary>
    public async Task StopSilosAsync()
    {
        foreach (var silo in Silos)
            await StopSiloAsync(silo);
    }

    /// <summary>Stops the client, then every silo in good order.</summary>
    public async Task StopAllSilosAsync()
    {
        await StopClusterClientAsync();
        await StopSilosAsync();
    }

    /// <summary>Stops the client in good order.</summary>
    public async Task StopClusterClientAsync()
    {
        if (Interlocked.Exchange(ref clientHost, null) is not { } host)
            return;
        await host.StopAsync();
        host.Dispose();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAllSilosAsync();

    /// <inheritdoc />
    public void Dispose() => StopAllSilosAsync().GetAwaiter().GetResult();

    private static HostApplicationBuilder NewHost(string name)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ApplicationName = name });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        return builder;
    }

    private void SetCluster(ClusterOptions options)
    {
        options.ClusterId = Options.ClusterId;
        options.ServiceId = Options.ServiceId;
    }

    private async Task<InProcessSiloHandle> StartSiloAsync(short number)
    {
        var specific = new InProcessTestSiloSpecificOptions
        {
            SiloName = $"Silo_{number}",
            SiloPort = Interlocked.Increment(ref lastPort),
            GatewayPort = Options.GatewayPerSilo || number == 0 ? Interlocked.Increment(ref lastPort) : 0,
        };
        var builder = NewHost(specific.SiloName);
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(SetCluster)
            .Configure<SiloOptions>(options => options.SiloName = specific.SiloName)
            .Configure<EndpointOptions>(options =>
            {
                options.SiloPort = specific.SiloPort;
                options.GatewayPort = specific.GatewayPort;
            }));
        foreach (var configure in Options.SiloHostConfigurationDelegates)
            configure(specific, builder);
        var host = builder.Build();
        await host.StartAsync();
        var details = host.Services.GetRequiredService<ILocalSiloDetails>();
        var handle = new InProcessSiloHandle
        {
            SiloHost = host,
            InstanceNumber = number,
            Name = specific.SiloName,
            SiloAddress = details.SiloAddress,
            GatewayAddress = details.GatewayAddress,
        };
        lock (gate)
            silos.Add(handle);
        return handle;
    }

    private async Task EndAsync(InProcessSiloHandle silo, bool gracefully)
    {
        lock (gate)
            silos.Remove(silo);
        await silo.StopSiloAsync(gracefully);
    }
}
