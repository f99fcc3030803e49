using System.Net;
using System.Net.Sockets;

namespace AgenticOS.Standalone;

/// <summary>TCP ports of this machine.</summary>
internal static class Ports
{
    /// <summary>Fails early when clients could not connect, instead of after a long load.</summary>
    /// <exception cref="OperatorException">The address is taken or is not one of this machine.</exception>
    public static void Check(IPEndPoint endpoint)
    {
        try
        {
            using var probe = new TcpListener(endpoint);
            probe.Start();
        }
        catch (SocketException fault)
        {
            throw new OperatorException(fault.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"{endpoint} is taken by another program; stop that, or choose another address with --listen",
                SocketError.AddressNotAvailable =>
                    $"{endpoint} is no address of this machine; choose one with --listen",
                SocketError.AccessDenied =>
                    $"{endpoint} is not open to this user; choose a port above 1023 with --listen",
                _ => $"cannot listen on {endpoint} ({fault.SocketErrorCode}); choose another address with --listen",
            });
        }
    }

    /// <summary>Different ports on loopback that nobody listens on now.</summary>
    public static int[] Free(int count)
    {
        var probes = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            foreach (var probe in probes)
                probe.Start();
            return [.. probes.Select(probe => ((IPEndPoint)probe.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var probe in probes)
                probe.Dispose();
        }
    }
}
