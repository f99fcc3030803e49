using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AgenticOS.Client;
using AgenticOS.Protocol;

namespace AgenticOS.Bench.Tcp;

/// <summary>A service process of its own, with one model, on a free port; killed when disposed.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _state;

    private ServiceUnderTest(Process process, int port, string state)
    {
        _process = process;
        _state = state;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<ServiceUnderTest> StartAsync(
        string program, string modelPath, int slots, int context, int threads)
    {
        var state = Directory.CreateTempSubdirectory("agenticos-bench-").FullName;
        var port = FreePort();
        var folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
        var start = new ProcessStartInfo("dotnet",
        [
            program, "--listen", $"127.0.0.1:{port}", "--models", folder,
            "--model", Path.GetFileNameWithoutExtension(modelPath), "--slots", $"{slots}", "--context", $"{context}",
            "--threads", $"{threads}", "--state", state,
        ]) { RedirectStandardOutput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("the service did not start");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("error: ", StringComparison.Ordinal)) throw new InvalidOperationException(line);
            if (!line.StartsWith("ready: ", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return new ServiceUnderTest(process, port, state);
        }
        throw new InvalidOperationException("the service ended before it served");
    }

    public Task<KernelConnection> ConnectAsync(string agent) => KernelConnection.ConnectAsync("127.0.0.1", Port, agent);

    /// <summary>One figure of STATUS.</summary>
    public async Task<double> FigureAsync(string key)
    {
        await using var connection = await ConnectAsync("bench");
        var status = (await connection.CallAsync(Verb.Status)).Text;
        var pair = status.Split(' ').FirstOrDefault(field => field.StartsWith(key + "=", StringComparison.Ordinal));
        return pair is null ? double.NaN : double.Parse(pair[(key.Length + 1)..]);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
