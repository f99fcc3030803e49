using System.Globalization;
using System.Net;
using AgenticOS.Silo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AgenticOS.Standalone;

/// <summary>What a standalone AgenticOS is told: by a JSON file, over it the environment (<c>AGENTICOS_LISTEN</c> and so on),
/// over it the command line (<c>--listen</c> and so on).</summary>
/// <param name="Listen">Where clients connect.</param>
/// <param name="Model">The model to load at start; null takes the first that can be loaded.</param>
/// <param name="Silo">The silo.</param>
/// <param name="LogLevel">Least level of log lines, on the error stream.</param>
public sealed record StandaloneOptions(IPEndPoint Listen, string? Model, SiloOptions Silo, LogLevel LogLevel)
{
    /// <summary>Prefix of environment variables.</summary>
    public const string Prefix = "AGENTICOS_";

    private static readonly string[] Keys =
    [
        "listen", "models", "model", "slots", "context", "threads", "cores-left-free", "pin-threads", "kv", "state", "natives",
        "retention", "name", "log", "config",
    ];

    /// <summary>Reads all sources.</summary>
    /// <exception cref="OperatorException">Something is wrong; the message says what and what to do.</exception>
    public static StandaloneOptions Read(string[] args)
    {
        Check(args);
        var line = new ConfigurationBuilder().AddEnvironmentVariables(Prefix).AddCommandLine(args).Build();
        var all = new ConfigurationBuilder();
        if (line["config"] is { } file)
            all.AddJsonFile(Existing(file));
        var told = all.AddEnvironmentVariables(Prefix).AddCommandLine(args).Build();
        var plain = new SiloOptions();
        var silo = plain with
        {
            Name = told["name"] ?? "standalone",
            ModelFolders = (told["models"] ?? "models").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Slots = Number(told, "slots", plain.Slots),
            Context = Number(told, "context", plain.Context),
            Threads = Number(told, "threads", plain.Threads),
            CoresLeftFree = Number(told, "cores-left-free", plain.CoresLeftFree),
            PinThreads = told["pin-threads"] is "1" or "true",
            Kv = told["kv"] ?? plain.Kv,
            StateFolder = told["state"] ?? plain.StateFolder,
            NativesFolder = told["natives"],
            Retention = TimeSpan.FromSeconds(Number(told, "retention", (int)plain.Retention.TotalSeconds)),
        };
        if (silo.Validate() is { } fault)
            throw new OperatorException(fault);
        return new StandaloneOptions(Endpoint(told["listen"] ?? "127.0.0.1:6380"), told["model"], silo, Level(told["log"] ?? "warning"));
    }

    private static void Check(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..].Split('=')[0] : "";
            if (!Keys.Contains(name))
                throw new OperatorException($"'{args[i]}' is no option; use --{string.Join(", --", Keys)}");
            if (args[i].Contains('='))
                continue;
            if (++i == args.Length)
                throw new OperatorException($"--{name} has no value; write --{name} VALUE");
        }
    }

    private static string Existing(string file) => File.Exists(file)
        ? Path.GetFullPath(file)
        : throw new OperatorException($"configuration file '{file}' does not exist; name another with --config");

    private static int Number(IConfiguration told, string key, int otherwise)
    {
        if (told[key] is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new OperatorException($"{key} is '{text}'; use a whole number");
    }

    private static LogLevel Level(string text) => Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level)
        ? level
        : throw new OperatorException($"log is '{text}'; use {string.Join(", ", Enum.GetNames<LogLevel>()).ToLowerInvariant()}");

    private static IPEndPoint Endpoint(string text)
    {
        var address = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" + text["localhost".Length..] : text;
        return address.Contains(':') && IPEndPoint.TryParse(address, out var endpoint)
            ? endpoint
            : throw new OperatorException($"cannot listen on '{text}'; use ADDRESS:PORT, for instance 127.0.0.1:6380");
    }
}
