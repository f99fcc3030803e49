using AgenticOS.Kernel.Syscalls;
using AgenticOS.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace AgenticOS.Grains.Tests.Support;

/// <summary>The real runner, which a test can have hold or break its next LS.</summary>
public sealed class ScriptedSyscalls
{
    private readonly Lock _gate = new();
    private HeldCall? _held;
    private bool _breaks;

    public HeldCall HoldNext()
    {
        lock (_gate)
        {
            return _held = new HeldCall();
        }
    }

    public void BreakNext()
    {
        lock (_gate)
        {
            _breaks = true;
        }
    }

    public void Use(IServiceCollection services) => services.AddSingleton<ISyscallRunner>(provider =>
        new Runner(this, ActivatorUtilities.CreateInstance<SyscallRunner>(provider)));

    private (HeldCall? Held, bool Breaks) Take()
    {
        lock (_gate)
        {
            var taken = (_held, _breaks);
            (_held, _breaks) = (null, false);
            return taken;
        }
    }

    private sealed class Runner(ScriptedSyscalls script, SyscallRunner real) : ISyscallRunner
    {
        public async Task<SyscallResult> RunAsync(
            Syscall syscall, SyscallContext context, CancellationToken cancellationToken)
        {
            var (held, breaks) = syscall.Name == "LS" ? script.Take() : default;
            if (breaks)
                throw new InvalidOperationException("Broken on purpose.");
            if (held is not null)
                await held.PassAsync(cancellationToken);
            return await real.RunAsync(syscall, context, cancellationToken);
        }
    }
}

/// <summary>A system call that runs until the test says so.</summary>
public sealed class HeldCall
{
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Running => _running.Task.WaitAsync(Patience.Bound);

    public Task Cancelled => _cancelled.Task;

    public void Finish() => _finish.SetResult();

    internal async Task PassAsync(CancellationToken cancellationToken)
    {
        _running.SetResult();
        try
        {
            await _finish.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _cancelled.SetResult();
            throw;
        }
    }
}
