namespace Orleans.Runtime;

/// <summary>
/// Runs the tasks of one activation one at a time on the thread pool. Awaits in grain code come back here, which is
/// what makes a grain single-threaded.
/// </summary>
internal sealed class ActivationTaskScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    // How long one activation may keep a pool thread while others wait.
    private const long QuantumMs = 20;
    private readonly Queue<Task> tasks = new();
    private bool scheduled;
    private bool dead;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs an action as a task here, without the caller's execution context.</summary>
    public void Run(Action<object?> action, object? state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            new Task(action, state).Start(this);
            return;
        }

        using (ExecutionContext.SuppressFlow())
            new Task(action, state).Start(this);
    }

    /// <summary>The silo was killed: nothing runs here any more.</summary>
    public void Kill()
    {
        lock (tasks)
        {
            dead = true;
            tasks.Clear();
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        var before = RuntimeContext.Enter(activation);
        try
        {
            var started = Environment.TickCount64;
            while (TryTake(out var task))
            {
                TryExecuteTask(task);
                if (Environment.TickCount64 - started < QuantumMs || !YieldTurn())
                    continue;
                return;
            }
        }
        finally
        {
            RuntimeContext.Enter(before);
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (tasks)
        {
            if (dead)
                return;
            tasks.Enqueue(task);
            if (scheduled)
                return;
            scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        RuntimeContext.Current == activation && !dead && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (tasks)
            return [.. tasks];
    }

    private bool TryTake(out Task task)
    {
        lock (tasks)
        {
            if (!dead && tasks.TryDequeue(out task!))
                return true;
            scheduled = false;
            task = null!;
            return false;
        }
    }

    // Goes to the end of the pool's queue if there is more to do; stays marked as scheduled.
    private bool YieldTurn()
    {
        lock (tasks)
        {
            if (tasks.Count == 0)
                return false;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }
}
