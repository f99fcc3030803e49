using AgenticOS.Grains.Output;
using AgenticOS.Kernel.Processes;
using Orleans.Concurrency;

namespace AgenticOS.Grains.Processes;

/// <summary>One process; the key is its PID. Placed on a silo that holds the model named by
/// <see cref="ProcessPlacement.ModelKey"/> in the request context.</summary>
[Alias("agenticos.process")]
public interface IProcessGrain : IGrainWithIntegerKey
{
    /// <summary>Admits the process to the engine of its silo. Called once, by the owner's agent grain.</summary>
    [Alias("start")]
    Task<StartReply> StartAsync(ProcessSpec spec);

    /// <summary>Delivers a signal; false when the process does not exist or has ended.</summary>
    [Alias("signal"), AlwaysInterleave]
    Task<bool> SignalAsync(ProcessSignal signal);

    /// <summary>What it is doing now; null when there is no such process.</summary>
    [Alias("status"), AlwaysInterleave]
    Task<ProcessStatus?> StatusAsync();

    /// <summary>The output from a byte offset on; null when there is no such process or the offset lies past the
    /// end.</summary>
    [Alias("read-output"), AlwaysInterleave]
    Task<OutputSlice?> ReadOutputAsync(long from);

    /// <summary>Stops publishing to a route; the process goes on.</summary>
    [Alias("unlisten"), AlwaysInterleave]
    Task UnlistenAsync(OutputRoute route);
}

/// <summary>How a call tells placement what its process needs.</summary>
public static class ProcessPlacement
{
    /// <summary>Request context key: the id of the model the process runs on.</summary>
    public const string ModelKey = "agenticos.model";
}
