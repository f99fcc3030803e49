using System.Collections.Concurrent;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.Grains.Processes;

/// <summary>The processes that live on this silo now. Any thread.</summary>
internal sealed class ProcessTable
{
    private readonly ConcurrentDictionary<long, ProcessRuntime> _living = new();
    private volatile bool _isClosed;

    /// <summary>How many live.</summary>
    public int Count => _living.Count;

    /// <summary>True once the silo takes no more.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Enters a process that the engine accepted; one that comes after the table closed is ended at
    /// once.</summary>
    public void Add(Pid pid, ProcessRuntime runtime)
    {
        _living[pid.Value] = runtime;
        if (_isClosed)
            runtime.End(ProcessEndReason.Shutdown);
    }

    /// <summary>Strikes a process that is over.</summary>
    public void Remove(Pid pid) => _living.TryRemove(pid.Value, out _);

    /// <summary>Takes no more and ends all.</summary>
    public void Close()
    {
        _isClosed = true;
        foreach (var runtime in _living.Values)
            runtime.End(ProcessEndReason.Shutdown);
    }
}
