using System.Net;
using AgenticOS.Grains.Output;
using AgenticOS.TcpFrontend.Output;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgenticOS.TcpFrontend.Tests.Stage;

/// <summary>A frontend in a host of its own, on a port of its own, with a clock that the test moves.</summary>
public sealed class TestFrontend : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly Theatre _theatre;

    private TestFrontend(WebApplication host, Theatre theatre, FakeClock clock)
    {
        _host = host;
        _theatre = theatre;
        Clock = clock;
    }

    public FakeClock Clock { get; }

    public FrontendCounters Counters => _host.Services.GetRequiredService<FrontendCounters>();

    public FrontendOptions Options => _host.Services.GetRequiredService<FrontendOptions>();

    public IPEndPoint Endpoint => _host.Services.GetRequiredService<IServer>().BoundEndpoints().Single();

    public CancellationToken Stopping => _host.Lifetime.ApplicationStopping;

    public static async Task<TestFrontend> StartAsync(Theatre theatre, FrontendOptions? options = null)
    {
        var clock = new FakeClock();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(theatre.Cluster.Client);
        var endpoint = new IPEndPoint(IPAddress.Loopback, 0);
        builder.AddTcpFrontend((options ?? new FrontendOptions()) with { Endpoint = endpoint });
        var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<OutputSubscription>().Ready;
        return new TestFrontend(host, theatre, clock);
    }

    public Task<TestClient> ConnectAsync() => TestClient.ConnectAsync(Endpoint);

    /// <summary>Brings items as the stream would, in one batch; when it returns they are written or held.</summary>
    public void Publish(params OutputItem[] items) =>
        _host.Services.GetRequiredService<OutputRouter>()
            .Dispatch(new OutputBatch("silo-1", Clock.GetTimestamp(), items));

    /// <summary>Runs EXEC on a client and gives the scripted process behind it.</summary>
    public async Task<Actor> ExecAsync(TestClient client, string agent, string payload = "hello")
    {
        await client.SendAsync($"EXEC {agent} {payload.Length}\n{payload}");
        var reply = await client.NextAsync();
        var pid = long.Parse(reply.Text.Split("PID: ")[1]);
        reply.ShouldBe(Frame.Ok("GENERIC", $"Process Started PID: {pid}"));
        return _theatre.Play.Find(pid).ShouldNotBeNull();
    }

    /// <summary>Waits until the process logs were asked so many times and the answers were taken in.</summary>
    public async Task LogReadsAsync(long count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Counters[FrontendCount.LogReads] < count)
            await Task.Delay(1, limit.Token);
    }

    /// <summary>Stops the host as a signal would.</summary>
    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();
}
