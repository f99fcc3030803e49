using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Runtime;

namespace AgenticOS.StandIn.Tests.Runtime;

public sealed class HostTests
{
    [Fact]
    public async Task HostWithOneSilo_ServesItsOwnCodeAndSaysWhatItIs()
    {
        var lines = new Lines();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(lines);
        builder.UseOrleans(silo => AddSilo(silo, 41111, "one"));
        using var host = builder.Build();
        await host.StartAsync();

        (await host.Services.GetRequiredService<IClusterClient>().GetGrain<IProbeGrain>("k").Count()).ShouldBe(1);
        (await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IProbeGrain>("k").Count()).ShouldBe(2);
        lines.All.Count(l => l.Contains("stand-in for Microsoft Orleans")).ShouldBe(1);
        await host.StopAsync();
    }

    [Fact]
    public async Task SilosOfOneClusterIdInTwoHosts_FindEachOther()
    {
        using var first = Host.CreateDefaultBuilder().UseOrleans(silo => AddSilo(silo, 41121, "two")).Build();
        using var second = Host.CreateDefaultBuilder().UseOrleans((_, silo) => AddSilo(silo, 41122, "two")).Build();
        using var stranger = Host.CreateDefaultBuilder().UseOrleans(silo => AddSilo(silo, 41123, "other")).Build();
        await Task.WhenAll(first.StartAsync(), second.StartAsync(), stranger.StartAsync());
        using var client = Host.CreateDefaultBuilder()
            .UseOrleansClient(c => c.UseLocalhostClustering(30000, "two", "two")).Build();
        await client.StartAsync();

        var grain = client.Services.GetRequiredService<IClusterClient>().GetGrain<IProbeGrain>("k");
        (await grain.Count()).ShouldBe(1);
        (await first.Services.GetRequiredService<IGrainFactory>().GetGrain<IProbeGrain>("k").Count()).ShouldBe(2);
        (await second.Services.GetRequiredService<IGrainFactory>().GetGrain<IProbeGrain>("k").Count()).ShouldBe(3);
        (await stranger.Services.GetRequiredService<IGrainFactory>().GetGrain<IProbeGrain>("k").Count()).ShouldBe(1);
        foreach (var host in new[] { client, first, second, stranger })
            await host.StopAsync();
    }

    [Fact]
    public async Task TwoSilosOnOnePort_AreRefused()
    {
        using var first = Host.CreateDefaultBuilder().UseOrleans(silo => AddSilo(silo, 41131, "port")).Build();
        using var second = Host.CreateDefaultBuilder().UseOrleans(silo => AddSilo(silo, 41131, "port")).Build();
        await first.StartAsync();

        await Should.ThrowAsync<OrleansConfigurationException>(() => second.StartAsync());
        await first.StopAsync();
    }

    [Fact]
    public async Task ClientWithoutASilo_DoesNotStart()
    {
        using var client = Host.CreateDefaultBuilder()
            .UseOrleansClient(c => c.UseLocalhostClustering(30000, "nobody", "nobody")).Build();

        await Should.ThrowAsync<SiloUnavailableException>(() => client.StartAsync());
    }

    private static void AddSilo(ISiloBuilder silo, int port, string cluster)
    {
        silo.UseLocalhostClustering(port, port + 1000, serviceId: cluster, clusterId: cluster);
        ProbeCluster.AddProbes(silo.Services);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => All.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
