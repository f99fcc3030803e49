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
using Microsoft.Extensions.Logging.Console;
using Orleans.Hosting;

if (args is ["--list-devices"])
    return DeviceList.Print(Console.Out);

// One process that holds everything: a silo with its models, and a TCP frontend for clients.
var narrator = new Narrator(Console.Out, Console.Error);
try
{
    var options = StandaloneOptions.Read(args);
    Ports.Check(options.Listen);
    using var loggers = LoggerFactory.Create(logging => Log(logging, options));
    var libraries = LlamaCppBackend.Open(loggers.CreateLogger<LlamaCppBackend>(), options.Silo.NativesFolder);
    await using var app = Compose(options, libraries, narrator);
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

static WebApplication Compose(StandaloneOptions options, LlamaCppBackend libraries, Narrator narrator)
{
    var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "AgenticOS" });
    Log(builder.Logging, options);

    builder.Services.AddSingleton<IModelBackend>(libraries);
    var ports = Ports.Free(2);
    builder.UseOrleans(silo => silo.UseLocalhostClustering(ports[0], ports[1]).AddAgenticOS(options.Silo));

    // Services start in this order: the silo, its first model, and then the door for clients.
    builder.Services.AddSingleton(options);
    builder.Services.AddSingleton(narrator);
    builder.Services.AddSingleton<InitialModel>();
    builder.Services.AddHostedService(services => services.GetRequiredService<InitialModel>());
    builder.AddTcpFrontend(new FrontendOptions { Endpoint = options.Listen });
    return builder.Build();
}

// The output stream is the narrator's; log lines go to the error stream.
static void Log(ILoggingBuilder logging, StandaloneOptions options)
{
    logging.ClearProviders();
    logging.AddSimpleConsole(console => console.SingleLine = true);
    logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    logging.SetMinimumLevel(options.LogLevel);
    // A start that fails is told in one line by the narrator.
    logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
}
