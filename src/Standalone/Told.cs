using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace AgenticOS.Standalone;

/// <summary>What the operator said, from all sources: by key, each value checked where it is read.</summary>
internal sealed class Told
{
    /// <summary>Prefix of environment variables.</summary>
    public const string Prefix = "AGENTICOS_";

    private readonly IConfiguration _all;

    private Told(IConfiguration all) => _all = all;

    /// <summary>Reads the JSON file that <c>--config</c> names, over it the environment, over it the command
    /// line.</summary>
    /// <exception cref="OperatorException">An argument is none of the keys or lacks its value, or the file is not
    /// there.</exception>
    public static Told From(string[] args, string[] keys)
    {
        Check(args, keys);
        var named = new Told(new ConfigurationBuilder().AddEnvironmentVariables(Prefix).AddCommandLine(args).Build());
        var all = new ConfigurationBuilder();
        if (named.Text("config") is { } file)
            all.AddJsonFile(Existing(file));
        return new Told(all.AddEnvironmentVariables(Prefix).AddCommandLine(args).Build());
    }

    /// <summary>A text, or null when nothing was said. The name of an environment variable has <c>_</c> for
    /// <c>-</c>.</summary>
    public string? Text(string key) => _all[key] ?? _all[key.Replace('-', '_')];

    /// <summary>Texts between commas.</summary>
    public string[]? Texts(string key) =>
        Text(key)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>A whole number, not negative.</summary>
    public int Number(string key, int otherwise)
    {
        if (Text(key) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new OperatorException($"{key} is '{text}'; use a whole number");
    }

    /// <summary>A switch.</summary>
    public bool Flag(string key, bool otherwise) => Text(key)?.ToLowerInvariant() switch
    {
        null => otherwise,
        "1" or "true" or "yes" => true,
        "0" or "false" or "no" => false,
        var text => throw new OperatorException($"{key} is '{text}'; use true or false"),
    };

    /// <summary>A level of log lines.</summary>
    public LogLevel Level(string key, LogLevel otherwise)
    {
        if (Text(key) is not { } text)
            return otherwise;
        return Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)
            ? level
            : throw new OperatorException(
                $"log level '{text}' is not known; use {string.Join(", ", Enum.GetNames<LogLevel>())}");
    }

    /// <summary>An address and a port.</summary>
    public IPEndPoint Endpoint(string key, string otherwise)
    {
        const string local = "localhost:";
        var text = Text(key) ?? otherwise;
        var isLocal = text.StartsWith(local, StringComparison.OrdinalIgnoreCase);
        var address = isLocal ? $"127.0.0.1:{text[local.Length..]}" : text;
        return address.Contains(':') && IPEndPoint.TryParse(address, out var endpoint)
            ? endpoint
            : throw new OperatorException($"cannot listen on '{text}'; use ADDRESS:PORT, for instance {otherwise}");
    }

    private static void Check(string[] args, string[] keys)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var name = args[i].StartsWith("--", StringComparison.Ordinal) ? args[i][2..].Split('=')[0] : "";
            if (!keys.Contains(name))
                throw new OperatorException($"'{args[i]}' is no option; use --{string.Join(", --", keys)}");
            if (!args[i].Contains('=') && ++i == args.Length)
                throw new OperatorException($"--{name} has no value; write --{name} VALUE");
        }
    }

    private static string Existing(string file) => File.Exists(file)
        ? Path.GetFullPath(file)
        : throw new OperatorException($"configuration file '{file}' does not exist; name another with --config");
}
