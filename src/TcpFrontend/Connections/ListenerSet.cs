using AgenticOS.TcpFrontend.Output;

namespace AgenticOS.TcpFrontend.Connections;

/// <summary>The processes that one connection listens to. Calls nothing while it holds its lock.</summary>
internal sealed class ListenerSet
{
    private readonly Lock _gate = new();
    private readonly HashSet<ProcessListener> _listeners = [];
    private TaskCompletionSource? _empty;

    public int Count
    {
        get
        {
            lock (_gate)
                return _listeners.Count;
        }
    }

    public void Add(ProcessListener listener)
    {
        lock (_gate)
            _listeners.Add(listener);
    }

    public void Remove(ProcessListener listener)
    {
        TaskCompletionSource? empty = null;
        lock (_gate)
        {
            if (_listeners.Remove(listener) && _listeners.Count == 0)
                (empty, _empty) = (_empty, null);
        }

        empty?.TrySetResult();
    }

    public ProcessListener[] Snapshot()
    {
        lock (_gate)
            return _listeners.Count == 0 ? [] : [.. _listeners];
    }

    /// <summary>Completes when the last listener is over.</summary>
    public Task WhenEmptyAsync()
    {
        lock (_gate)
        {
            if (_listeners.Count == 0)
                return Task.CompletedTask;
            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _empty.Task;
        }
    }
}
