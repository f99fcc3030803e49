using System.Net;
using AgenticOS.Silo;
using Microsoft.Extensions.Logging;

namespace AgenticOS.Standalone;

/// <summary>What a standalone AgenticOS is told: by a JSON file, over it the environment (<c>AGENTICOS_LISTEN</c> and
/// so on), over it the command line (<c>--listen</c> and so on).</summary>
/// <param name="Listen">Where clients connect.</param>
/// <param name="Model">The model to load at start; null takes the selected one, or the first that can be
/// loaded.</param>
/// <param name="Silo">The silo.</param>
/// <param name="LogLevel">Least level of log lines, on the error stream.</param>
public sealed record StandaloneOptions(IPEndPoint Listen, string? Model, SiloOptions Silo, LogLevel LogLevel)
{
    private static readonly string[] Keys =
    [
        "listen", "models", "model", "slots", "context", "threads", "cores-left-free", "pin-threads", "kv",
        "state", "natives", "retention", "name", "log", "config",
    ];

    /// <summary>Reads all sources.</summary>
    /// <exception cref="OperatorException">Something is wrong; the message says what and what to do.</exception>
    public static StandaloneOptions Read(string[] args)
    {
        var told = Told.From(args, Keys);
        var silo = SiloOf(told, new SiloOptions { Name = "standalone" });
        if (silo.Validate() is { } fault)
            throw new OperatorException(fault);
        return new StandaloneOptions(
            told.Endpoint("listen", "127.0.0.1:6380"), told.Text("model"), silo, told.Level("log", LogLevel.Warning));
    }

    private static SiloOptions SiloOf(Told told, SiloOptions plain) => plain with
    {
        Name = told.Text("name") ?? plain.Name,
        ModelFolders = told.Texts("models") ?? plain.ModelFolders,
        Slots = told.Number("slots", plain.Slots),
        Context = told.Number("context", plain.Context),
        Threads = told.Number("threads", plain.Threads),
        CoresLeftFree = told.Number("cores-left-free", plain.CoresLeftFree),
        PinThreads = told.Flag("pin-threads", plain.PinThreads),
        Kv = told.Text("kv") ?? plain.Kv,
        StateFolder = told.Text("state") ?? plain.StateFolder,
        NativesFolder = told.Text("natives"),
        Retention = TimeSpan.FromSeconds(told.Number("retention", (int)plain.Retention.TotalSeconds)),
    };
}
