using AgenticOS.Kernel.Processes;

namespace AgenticOS.Grains.Processes;

/// <summary>The silo's share of PIDs: a block at a time from the <see cref="IPidGrain"/>, so that an EXEC seldom waits
/// for it. One silo alone hands out 1, 2, 3 and so on.</summary>
internal sealed class PidPool(IGrainFactory grains) : IDisposable
{
    /// <summary>PIDs per block; what a silo has left of one when it dies is never used.</summary>
    public const int BlockSize = 256;

    private readonly SemaphoreSlim _refill = new(1, 1);
    private readonly Lock _gate = new();
    private long _next;
    private int _left;

    /// <summary>A PID that nobody had before.</summary>
    public async ValueTask<Pid> NextAsync(CancellationToken cancellationToken)
    {
        if (TryNext(out var pid))
            return pid;
        await _refill.WaitAsync(cancellationToken);
        try
        {
            while (!TryNext(out pid))
                Refill(await grains.GetGrain<IPidGrain>(0).TakeAsync(BlockSize));
            return pid;
        }
        finally
        {
            _refill.Release();
        }
    }

    public void Dispose() => _refill.Dispose();

    private bool TryNext(out Pid pid)
    {
        lock (_gate)
        {
            pid = default;
            if (_left == 0)
                return false;
            _left--;
            pid = new Pid(_next++);
            return true;
        }
    }

    private void Refill(long first)
    {
        lock (_gate)
        {
            _next = first;
            _left = BlockSize;
        }
    }
}
