using System.Net;
using AgenticOS.TcpFrontend.Connections;
using AgenticOS.TcpFrontend.Output;
using AgenticOS.TcpFrontend.Verbs;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgenticOS.TcpFrontend;

/// <summary>Puts a frontend into a host.</summary>
public static class FrontendHosting
{
    /// <summary>Adds the frontend to a web application: its endpoint to Kestrel, its parts to the services. Call it
    /// after the Orleans client or silo was added, whose <c>IClusterClient</c> and output stream provider it
    /// uses.</summary>
    public static IHostApplicationBuilder AddTcpFrontend(this IHostApplicationBuilder builder, FrontendOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        var services = builder.Services;
        services.Configure<KestrelServerOptions>(kestrel =>
            kestrel.Listen(options.Endpoint, listen => listen.UseConnectionHandler<FrontendConnectionHandler>()));
        var stopTime = options.StopGrace + options.Limits.CloseTime + TimeSpan.FromSeconds(10);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Max(host.ShutdownTimeout, stopTime));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IShutdownRequest, HostShutdownRequest>();
        services.AddSingleton(options);
        services.AddSingleton<FrontendCounters>();
        services.AddSingleton<CatalogReader>();
        services.AddSingleton<OutputRouter>();
        services.AddSingleton<ConnectionTable>();
        services.AddSingleton<OutputSubscription>();
        services.AddSingleton(Gather);
        services.AddHostedService(s => s.GetRequiredService<OutputSubscription>());
        services.AddHostedService<FrontendPulse>();
        AddVerbs(services);
        return builder;
    }

    /// <summary>Where a started server listens, with the ports that were taken.</summary>
    public static IReadOnlyList<IPEndPoint> BoundEndpoints(this IServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return [.. addresses.Select(a => IPEndPoint.Parse(new Uri(a).Authority))];
    }

    private static void AddVerbs(IServiceCollection services)
    {
        services.AddSingleton<StatusLine>();
        services.AddSingleton<VerbTable>();
        services.AddSingleton<IVerb, PingVerb>();
        services.AddSingleton<IVerb, LoadVerb>();
        services.AddSingleton<IVerb, ListModelsVerb>();
        services.AddSingleton<IVerb, SelectModelVerb>();
        services.AddSingleton<IVerb, ModelInfoVerb>();
        services.AddSingleton<IVerb, ExecVerb>();
        services.AddSingleton<IVerb, StatusVerb>();
        services.AddSingleton<IVerb, SignalVerbs>();
        services.AddSingleton<IVerb, GenerationVerbs>();
        services.AddSingleton<IVerb, ShutdownVerb>();
        services.AddSingleton<IVerb, LaterVerbs>();
    }

    private static FrontendServices Gather(IServiceProvider s) => new(
        s.GetRequiredService<FrontendOptions>(),
        s.GetRequiredService<IClusterClient>(),
        s.GetRequiredService<TimeProvider>(),
        s.GetRequiredService<FrontendCounters>(),
        s.GetRequiredService<OutputRouter>(),
        s.GetRequiredService<OutputSubscription>(),
        s.GetRequiredService<ILoggerFactory>().CreateLogger("AgenticOS.TcpFrontend"));

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
