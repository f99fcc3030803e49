using AgenticOS.Inference.LlamaCpp;
using AgenticOS.Inference.Model;
using AgenticOS.Silo;
using AgenticOS.Standalone;
using AgenticOS.TcpFrontend;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

// One process that holds everything: a silo with its models, and a TCP frontend for clients.
var narrator = new Narrator(Console.Out, Console.Error);
try
{
    var options = StandaloneOptions.Read(args);
    Ports.Check(options.Listen);
    await using var app = Compose(options, narrator);
    narrator.Progress("starting the silo");
    await app.StartAsync();
    var endpoint = app.Services.GetRequiredService<IServer>().BoundEndpoints()[0];
    narrator.Ready(endpoint.ToString(), app.Services.GetRequiredService<InitialModel>().Loaded);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (OperatorException fault)
{
    narrator.Error(fault.Message);
}
catch (ModelUnusableException fault)
{
    narrator.Error($"{fault.Message.TrimEnd('.')}; or name it with --natives");
}
catch (IOException fault) when (fault.InnerException is AddressInUseException)
{
    narrator.Error($"{fault.Message.TrimEnd('.')}; stop what listens there or use --listen");
}
catch (Exception fault)
{
    // The outermost catch: whatever went wrong, the operator gets one line and a code.
    narrator.Error($"{fault.GetType().Name}: {fault.Message}; see the log, --log Information says more");
}
return 1;

static WebApplication Compose(StandaloneOptions options, Narrator narrator)
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "AgenticOS" });
    builder.Logging.ClearProviders();
    builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
    builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
        console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    builder.Logging.SetMinimumLevel(options.LogLevel);
    // A start that fails is told in one line by the narrator.
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

    // The libraries are opened first: without them nothing below makes sense.
    builder.Services.AddSingleton<IModelBackend>(OpenLibraries(options));
    var ports = Ports.Free(2);
    builder.UseOrleans(silo => silo.UseLocalhostClustering(ports[0], ports[1]).AddAgenticOS(options.Silo));

    builder.Services.AddSingleton(options);
    builder.Services.AddSingleton(narrator);
    builder.Services.AddSingleton<InitialModel>();
    builder.Services.AddHostedService(services => services.GetRequiredService<InitialModel>());
    builder.AddTcpFrontend(new FrontendOptions { Endpoint = options.Listen });
    return builder.Build();
}

static LlamaCppBackend OpenLibraries(StandaloneOptions options)
{
    using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole());
    return LlamaCppBackend.Open(loggers.CreateLogger<LlamaCppBackend>(), options.Silo.NativesFolder);
}
