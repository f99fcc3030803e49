using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AgenticOS.EndToEnd.Tests;

/// <summary>A real service process with the bundled model, on a port of its own, for all tests of a class.</summary>
public sealed class StandaloneService : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly List<string> _printed = [];
    private Process? _process;

    public int Port { get; private set; }

    public int Pid => _process!.Id;

    public string State { get; } = Directory.CreateTempSubdirectory("agenticos-e2e-").FullName;

    public string Address => $"127.0.0.1:{Port}";

    public async Task InitializeAsync()
    {
        Port = FreePort();
        var start = new ProcessStartInfo("dotnet",
        [
            Checkout.Standalone, "--listen", Address, "--models", Checkout.Models,
            "--model", "forge-llama", "--state", State,
        ])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Checkout.Root,
        };
        _process = Process.Start(start)!;
        var ready = new TaskCompletionSource();
        _ = Task.Run(() => ReadAsync(_process.StandardOutput, ready));
        await ready.Task.WaitAsync(StartLimit);
    }

    public async Task DisposeAsync()
    {
        if (!_process!.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(State, recursive: true);
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ReadAsync(StreamReader output, TaskCompletionSource ready)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (_printed) _printed.Add(line);
            if (line.StartsWith("ready: ", StringComparison.Ordinal)) ready.TrySetResult();
        }
        lock (_printed)
            ready.TrySetException(
                new InvalidOperationException("it ended: " + string.Join('\n', _printed.TakeLast(20))));
    }
}
