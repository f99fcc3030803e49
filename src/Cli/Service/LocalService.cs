using System.Diagnostics;
using AgenticOS.Cli.Wire;
using AgenticOS.Client;
using AgenticOS.Protocol;

namespace AgenticOS.Cli.Service;

/// <summary>The silo and frontend that <c>up</c> runs on this machine as one background process.</summary>
internal sealed class LocalService(Layout layout, TextWriter progress)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(3);

    /// <summary>True when something that speaks the protocol answers a PING there.</summary>
    public static async Task<bool> AnswersAsync(Address address, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(PingPatience);
        try
        {
            await using var connection = await KernelCalls.OpenAsync(address, "cli", patience.Token);
            return (await connection.CallAsync(Verb.Ping, "", patience.Token)).Ok;
        }
        catch (Exception other) when (IsNotOurs(other, cancellation))
        {
            return false;
        }
    }

    /// <summary>Starts the service and returns once it serves; its progress is printed meanwhile.</summary>
    /// <exception cref="Failure">It ended before it served; the message is the service's own.</exception>
    public async Task StartAsync(Address address, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        if (!File.Exists(Layout.Standalone))
            throw new Failure($"{Layout.Standalone} is missing", "start through ./agenticos, which builds it");
        Directory.CreateDirectory(layout.State);
        await File.WriteAllTextAsync(layout.Log, "", cancellation);
        using var shell = Process.Start(Detached(address, arguments))
            ?? throw new Failure("the service could not be started", "see './agenticos doctor'");
        await shell.WaitForExitAsync(cancellation);
        var pid = int.Parse(await File.ReadAllTextAsync(layout.Running, cancellation));
        await File.WriteAllTextAsync(layout.Running, $"{pid}\n{address}\n", cancellation);
        await FollowUntilReadyAsync(pid, cancellation);
    }

    /// <summary>Asks the service to shut down and waits for it; the hard way after a grace time.</summary>
    /// <returns>False when nothing was running.</returns>
    public async Task<bool> StopAsync(Address address, CancellationToken cancellation)
    {
        var process = FindProcess();
        var asked = await AskToShutDownAsync(address, cancellation);
        if (process is null) return asked;
        using (process)
        {
            if (!asked) Signal(process.Id, "TERM");
            using var grace = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            grace.CancelAfter(StopGrace);
            try
            {
                await process.WaitForExitAsync(grace.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                await progress.WriteLineAsync(
                    $"did not stop within {StopGrace.TotalSeconds:0} s; killing pid {process.Id}");
                process.Kill(entireProcessTree: true);
            }
        }
        File.Delete(layout.Running);
        return true;
    }

    /// <summary>The process that <c>up</c> started last, when it is alive.</summary>
    public Process? FindProcess()
    {
        if (!File.Exists(layout.Running)) return null;
        if (!int.TryParse(File.ReadLines(layout.Running).FirstOrDefault(), out var pid)) return null;
        try
        {
            var process = Process.GetProcessById(pid);
            if (File.ReadAllText($"/proc/{pid}/cmdline").Contains("AgenticOS.Standalone")) return process;
            process.Dispose();
            return null;
        }
        catch (Exception gone) when (gone is ArgumentException or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    // A shell puts the service into a session of its own, so that it outlives this command and its terminal.
    private ProcessStartInfo Detached(Address address, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = layout.Root };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(
            "log=$1 running=$2; shift 2; setsid dotnet \"$@\" </dev/null >>\"$log\" 2>&1 & echo $! >\"$running\"");
        start.ArgumentList.Add("agenticos");
        start.ArgumentList.Add(layout.Log);
        start.ArgumentList.Add(layout.Running);
        start.ArgumentList.Add(Layout.Standalone);
        start.ArgumentList.Add("--listen");
        start.ArgumentList.Add(address.ToString());
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }

    private async Task FollowUntilReadyAsync(int pid, CancellationToken cancellation)
    {
        await using var log = new FileStream(layout.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(log);
        using var timer = new PeriodicTimer(Poll);
        while (true)
        {
            var alive = Directory.Exists($"/proc/{pid}");
            while (await reader.ReadLineAsync(cancellation) is { } line)
            {
                if (line.StartsWith("ready: ", StringComparison.Ordinal)) return;
                if (line.StartsWith("progress: ", StringComparison.Ordinal)) await progress.WriteLineAsync(line[10..]);
                if (line.StartsWith("error: ", StringComparison.Ordinal)) throw Reported(line[7..]);
            }
            if (!alive)
                throw new Failure("the service ended before it served", $"the reason is at the end of {layout.Log}");
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    private static Failure Reported(string line)
    {
        var split = line.IndexOf("; ", StringComparison.Ordinal);
        return split < 0
            ? new Failure(line, "see './agenticos doctor'")
            : new Failure(line[..split], line[(split + 2)..]);
    }

    private static async Task<bool> AskToShutDownAsync(Address address, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await KernelCalls.OpenAsync(address, "cli", cancellation);
            return (await connection.CallAsync(Verb.Shutdown, "", cancellation)).Ok;
        }
        catch (Exception other) when (IsNotOurs(other, cancellation))
        {
            return false;
        }
    }

    // Nothing there, something that does not speak the protocol, or something that never answers.
    private static bool IsNotOurs(Exception met, CancellationToken cancellation) =>
        met is Failure or KernelUnreachableException or FormatException
        || (met is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static void Signal(int pid, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", pid.ToString()]);
        kill.WaitForExit();
    }
}
