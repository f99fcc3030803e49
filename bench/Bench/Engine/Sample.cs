namespace AgenticOS.Bench.Engine;

/// <summary>One run's figures.</summary>
/// <param name="TokensPerSecond">By the clock on the wall.</param>
/// <param name="TokensPerProcessorSecond">By the processor time of the thread that decodes; with one compute thread
/// that is all there is, and other programs on the machine hardly move it.</param>
/// <param name="DecodeShare">The part of that thread's processor time which it spent inside decode.</param>
internal sealed record Sample(double TokensPerSecond, double TokensPerProcessorSecond, double DecodeShare);
