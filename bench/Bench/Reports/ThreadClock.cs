using System.Runtime.InteropServices;

namespace AgenticOS.Bench.Reports;

/// <summary>Processor time of the calling thread: what it took, whoever else wanted the core meanwhile.</summary>
internal static partial class ThreadClock
{
    private const int ThreadProcessorTime = 3;

    /// <summary>Seconds of processor time since the thread began.</summary>
    internal static double Seconds()
    {
        if (ClockGetTime(ThreadProcessorTime, out TimeSpec now) != 0)
            throw new InvalidOperationException("This system has no clock for a thread's processor time.");
        return now.Seconds + (now.Nanoseconds / 1e9);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }
}
