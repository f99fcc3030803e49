using System.Text;
using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Processes;
using AgenticOS.Kernel.Processes;
using AgenticOS.TcpFrontend.Connections;

namespace AgenticOS.TcpFrontend.Verbs;

/// <summary>STATUS as one line of <c>key=value</c>. The first fields and their order are what existing clients read;
/// new ones go to the end.</summary>
internal sealed class StatusLine(FrontendCounters counters, ConnectionTable connections, FrontendOptions options)
{
    /// <summary>The frontend, one agent's processes, and the cluster.</summary>
    public string OfAll(ProcessStatus[] processes, string generation, CatalogView view)
    {
        var waiting = processes.Where(p => p.State == ProcessState.Waiting).ToArray();
        var active = processes.Where(p => p.State is not (ProcessState.Waiting or ProcessState.Ended)).ToArray();
        var line = new StringBuilder()
            .Append($"uptime_s={(long)counters.Uptime.TotalSeconds}")
            .Append($" total_commands={counters[FrontendCount.Commands]} total_errors={counters[FrontendCount.Errors]}")
            .Append($" total_exec_started={counters[FrontendCount.ExecStarted]}")
            .Append($" total_signals={counters[FrontendCount.Signals]}")
            .Append($" active_processes={active.Length} waiting_processes={waiting.Length}")
            .Append($" active_pids={Pids(active)} waiting_pids={Pids(waiting)}")
            .Append($" generation={generation.Replace('=', ':')}");
        AppendMemory(line, view);
        return line
            .Append($" model={view.Selected ?? "none"} models={view.Models.Length} nodes={view.Nodes.Length}")
            .Append($" frontend={options.FrontendId} connections={connections.Count}")
            .Append($" slow_readers={counters[FrontendCount.SlowReaders]} output_gaps={counters[FrontendCount.Gaps]}")
            .Append($" output_duplicates={counters[FrontendCount.DuplicateItems]}")
            .Append($" emit_p50_us={counters.EmitToSocket.Percentile(0.50)}")
            .Append($" emit_p99_us={counters.EmitToSocket.Percentile(0.99)}")
            .ToString();
    }

    /// <summary>One process. <c>tokens</c> counts generated tokens; <c>index_pos</c> is the position of the last token
    /// in the context.</summary>
    public static string OfProcess(ProcessStatus process)
    {
        var position = Math.Max(0, process.PromptTokens + process.Tokens - 1);
        var end = process.End is { } ended
            ? $" reason={ProcessEndReasons.ToWire(ended.Reason)} elapsed_s={ended.ElapsedSeconds:F3}"
            : "";
        return $"pid={process.Pid} owner_id={process.Agent} state={process.State} tokens={process.Tokens}"
            + $" index_pos={position} max_tokens={process.MaxTokens} model={process.ModelId} node={process.Node}"
            + $" prompt_tokens={process.PromptTokens} output_bytes={process.OutputBytes} syscalls={process.Syscalls}"
            + $" parent={process.Parent} age_s={process.AgeSeconds:F3}{end}";
    }

    private static string Pids(ProcessStatus[] processes) => $"[{string.Join(',', processes.Select(p => p.Pid))}]";

    private static void AppendMemory(StringBuilder line, CatalogView view)
    {
        var devices = view.Nodes.SelectMany(n => n.Devices).ToArray();
        var loaded = view.Nodes.SelectMany(n => n.Loaded).ToArray();
        line.Append($" mem_total_bytes={devices.Sum(d => d.TotalBytes)} mem_free_bytes={devices.Sum(d => d.FreeBytes)}")
            .Append($" mem_kv_total={loaded.Sum(l => l.KvTotal)} mem_kv_used={loaded.Sum(l => l.KvUsed)}")
            .Append($" mem_slots={loaded.Sum(l => l.Slots)} mem_slots_used={loaded.Sum(l => l.Running)}")
            .Append($" mem_queued={loaded.Sum(l => l.Queued)}");
    }
}
