using AgenticOS.Grains.Processes;
using AgenticOS.Kernel.Processes;
using Orleans.Concurrency;

namespace AgenticOS.Grains.Agents;

/// <summary>One AGENT name: its generation settings, which outlive connections, and the processes it owns. The key is
/// the name as the header of a command carries it. An agent reaches only its own processes; a PID of another agent is
/// answered like one that does not exist.</summary>
[Alias("agenticos.agent")]
public interface IAgentGrain : IGrainWithStringKey
{
    /// <summary>Starts a process: reads hints and prompt, resolves the model, takes a PID and places the process on a
    /// silo that holds the model. Output begins to flow to <see cref="ExecRequest.Route"/> before this call
    /// returns.</summary>
    [Alias("exec"), AlwaysInterleave]
    Task<ExecReply> ExecAsync(ExecRequest request);

    /// <summary>Applies <c>key=value</c> pairs separated by <c>,</c> or <c>;</c> to the settings of this agent, all or
    /// none.</summary>
    [Alias("set-generation")]
    Task<SettingsReply> SetGenerationAsync(string assignments);

    /// <summary>The settings as SET_GEN and GET_GEN print them.</summary>
    [Alias("get-generation"), AlwaysInterleave]
    Task<string> GetGenerationAsync();

    /// <summary>Sends a signal to a process of this agent; false when it has no such process that is alive.</summary>
    [Alias("signal"), AlwaysInterleave]
    Task<bool> SignalAsync(long pid, ProcessSignal signal);

    /// <summary>One process of this agent, alive or recently ended; null when there is none with that PID.</summary>
    [Alias("status"), AlwaysInterleave]
    Task<ProcessStatus?> StatusAsync(long pid);

    /// <summary>The processes of this agent that are alive, by PID.</summary>
    [Alias("list"), AlwaysInterleave]
    Task<ProcessStatus[]> ListAsync();

    /// <summary>Told by a process that it ended; safe to repeat.</summary>
    [Alias("process-ended"), AlwaysInterleave]
    Task ProcessEndedAsync(long pid);
}
