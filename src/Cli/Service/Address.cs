using System.Net;

namespace AgenticOS.Cli.Service;

/// <summary>Host and port of a frontend.</summary>
internal readonly record struct Address(string Host, int Port)
{
    public static Address Default => new("127.0.0.1", 6380);

    /// <summary>Reads <c>HOST:PORT</c>, <c>HOST</c> or <c>:PORT</c>.</summary>
    /// <exception cref="Failure">Not an address.</exception>
    public static Address Parse(string text)
    {
        if (IPEndPoint.TryParse(text, out var endpoint) && endpoint.Port != 0)
            return new Address(endpoint.Address.ToString(), endpoint.Port);
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        var port = colon < 0 ? Default.Port.ToString() : text[(colon + 1)..];
        if (!int.TryParse(port, out var number) || number is <= 0 or > 65535 || host.Contains(' '))
            throw new Failure($"'{text}' is not an address", "write HOST:PORT, for instance 127.0.0.1:6380");
        return new Address(host.Length == 0 ? Default.Host : host, number);
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
