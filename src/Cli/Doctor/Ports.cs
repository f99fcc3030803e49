using System.Net.Sockets;
using AgenticOS.Cli.Service;

namespace AgenticOS.Cli.Doctor;

/// <summary>Is the frontend's port free, ours, or taken by somebody else?</summary>
internal static class Ports
{
    public static async Task<Finding> LookAsync(Address address, CancellationToken cancellation)
    {
        if (await LocalService.AnswersAsync(address, cancellation))
            return new Finding("port", $"{address} answers: AgenticOS is running there");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port, cancellation);
            return new Finding("port", $"{address} is taken by another program",
                $"stop it, or use another port: ./agenticos up --address {address.Host}:{address.Port + 1}");
        }
        catch (SocketException)
        {
            return new Finding("port", $"{address} is free; nothing is running");
        }
    }
}
