using AgenticOS.Grains.Output;
using AgenticOS.Kernel.Syscalls;

namespace AgenticOS.Grains.Processes;

/// <summary>What the engine's thread tells the grain of a process.</summary>
internal abstract record ProcessEvent
{
    private ProcessEvent()
    {
    }

    /// <summary>It has a slot.</summary>
    public sealed record Started : ProcessEvent;

    /// <summary>It made a system call and waits, paused, for the answer.</summary>
    public sealed record Called(Syscall Call) : ProcessEvent;

    /// <summary>It is over; its end is on its way to the listener already.</summary>
    public sealed record Ended(ProcessEnd End) : ProcessEvent;
}
