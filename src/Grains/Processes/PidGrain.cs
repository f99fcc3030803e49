using Orleans.Runtime;

namespace AgenticOS.Grains.Processes;

/// <summary>What the source of PIDs remembers.</summary>
[GenerateSerializer, Alias("agenticos.pid-state")]
public sealed class PidState
{
    /// <summary>The highest PID ever given away.</summary>
    [Id(0)]
    public long Last { get; set; }
}

/// <summary>Counts. A block is on record before it is handed out, so that a crash loses numbers and never repeats
/// them.</summary>
internal sealed class PidGrain([PersistentState("pids", KernelStorage.Name)] IPersistentState<PidState> pids)
    : Grain, IPidGrain
{
    public async Task<long> TakeAsync(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var first = pids.State.Last + 1;
        pids.State.Last += count;
        await pids.WriteStateAsync();
        return first;
    }
}
