using System.Net;
using System.Net.Sockets;
using AgenticOS.Conformance.Streams;
using AgenticOS.Conformance.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Conformance;

/// <summary>
/// Silos outside the test host, as programs make them: docs/host/configuration-guide/local-development-configuration;
/// src/Orleans.Runtime/Hosting/CoreHostingExtensions.cs (UseLocalhostClustering), OrleansSiloGenericHostExtensions.cs.
/// </summary>
public sealed class LocalhostTests : IAsyncLifetime
{
    private const string Streams = "push";
    private readonly (int Silo, int Gateway) _ports = (FreePort(), FreePort());
    private IHost _silo = null!;

    public async Task InitializeAsync()
    {
        // A web application, as the program that holds silo and frontend in one process.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(_ports.Silo, _ports.Gateway);
            silo.AddMemoryGrainStorage(ClusterFixture.Memory);
            silo.AddMemoryGrainStorage("PubSubStore");
            SiloPush.AddTo(silo, Streams);
        });
        _silo = builder.Build();
        await _silo.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _silo.StopAsync();
        _silo.Dispose();
    }

    [Fact]
    public async Task OneSilo_ServesItsOwnProcess()
    {
        (await _silo.Services.GetRequiredService<IClusterClient>().GetGrain<ILongKeyGrain>(5).Key()).ShouldBe(5);
        (await _silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts())
            .Values.ShouldBe([SiloStatus.Active]);
    }

    [Fact]
    public async Task SubscriberInTheSilosOwnProcess_GetsEvents()
    {
        var collector = new Collector();
        var stream = _silo.Services.GetRequiredService<IClusterClient>().GetStreamProvider(Streams)
            .GetStream<Tick>(StreamId.Create("ticks", "own"));
        await stream.SubscribeAsync(collector);

        await _silo.Services.GetRequiredService<IClusterClient>().GetGrain<IProducerGrain>("p")
            .Publish(Streams, "own", 0, 10);

        (await collector.Reaches(10)).ShouldBe(Collector.Expected("p", 0, 10));
    }

    // UseOrleansClient: a client host that knows no more than the gateway's port.
    [Fact]
    public async Task ClientHost_ReachesTheSiloThroughItsGateway()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.UseLocalhostClustering(_ports.Gateway);
            SiloPush.AddTo(client, Streams);
        });
        using var host = builder.Build();
        await host.StartAsync();
        var cluster = host.Services.GetRequiredService<IClusterClient>();
        var collector = new Collector();

        await cluster.GetStreamProvider(Streams).GetStream<Tick>(StreamId.Create("ticks", "far"))
            .SubscribeAsync(collector);
        await cluster.GetGrain<IProducerGrain>("p").Publish(Streams, "far", 0, 10);

        (await collector.Reaches(10)).ShouldBe(Collector.Expected("p", 0, 10));
        await host.StopAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
