using System.IO.Pipelines;
using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Processes;
using AgenticOS.Kernel.Processes;
using AgenticOS.TcpFrontend.Output;
using Microsoft.AspNetCore.Connections;

namespace AgenticOS.TcpFrontend.Connections;

/// <summary>What is owed to both sides when a connection ends.</summary>
internal static class Farewell
{
    /// <summary>The client went away: its process goes on unheard, unless it was started to end with it.</summary>
    public static Task LeaveAsync(ProcessListener listener, FrontendServices services) =>
        listener.KillOnDisconnect
            ? EndAsync(listener, ProcessSignal.Hangup, services)
            : UnlistenAsync(listener, services);

    /// <summary>Ends a process that nobody waits for.</summary>
    public static async Task EndAsync(ProcessListener listener, ProcessSignal signal, FrontendServices services)
    {
        await UnlistenAsync(listener, services);
        try
        {
            await services.Cluster.GetGrain<IAgentGrain>(listener.Agent).SignalAsync(listener.Pid, signal);
        }
        catch (Exception failure)
        {
            services.Log.SignalFailed(failure, signal, listener.Pid);
        }
    }

    /// <summary>Tells a process that its output has no taker here any more.</summary>
    public static async Task UnlistenAsync(ProcessListener listener, FrontendServices services)
    {
        if (listener.Pid == 0)
            return;
        try
        {
            await services.Cluster.GetGrain<IProcessGrain>(listener.Pid).UnlistenAsync(listener.Route);
        }
        catch (Exception failure)
        {
            services.Log.UnlistenFailed(failure, listener.Pid);
        }
    }

    /// <summary>Reads and forgets what a refused client still sends: closing a socket with unread bytes resets it, and
    /// the refusal would be lost.</summary>
    public static async Task LingerAsync(PipeReader input, TimeSpan limit, TimeProvider time)
    {
        using var timer = time.CreateTimer(
            static i => ((PipeReader)i!).CancelPendingRead(), input, limit, Timeout.InfiniteTimeSpan);
        while (true)
        {
            var read = await input.ReadAsync();
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || read.IsCanceled)
                return;
        }
    }

    /// <summary>The transport sends its last bytes after the connection is given back; a client that does not take them
    /// must not hold it for ever. Aborting a connection that is closed already does nothing.</summary>
    public static void AbortLater(ConnectionContext transport, TimeSpan limit, TimeProvider time) =>
        time.CreateTimer(static t => ((ConnectionContext)t!).Abort(), transport, limit, Timeout.InfiniteTimeSpan);
}
