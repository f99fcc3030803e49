using AgenticOS.Bench.Reports;

namespace AgenticOS.Bench.Engine;

/// <summary>The figures of one kind of work.</summary>
/// <param name="Work">The work.</param>
/// <param name="Engine">The engine's, one a pair.</param>
/// <param name="Bare">The bare loop's, one a pair.</param>
internal sealed record EngineResult(EngineWork Work, IReadOnlyList<Sample> Engine, IReadOnlyList<Sample> Bare)
{
    /// <summary>Engine over bare loop in tokens per second, pair by pair; the middle one.</summary>
    public double MedianRatio => MedianOfPairs((engine, bare) => engine.TokensPerSecond / bare.TokensPerSecond);

    /// <summary>The same in tokens per second of the deciding thread's processor time.</summary>
    public double MedianProcessorRatio =>
        MedianOfPairs((engine, bare) => engine.TokensPerProcessorSecond / bare.TokensPerProcessorSecond);

    /// <summary>The engine's middle figure.</summary>
    public double MedianEngine => Engine.Select(sample => sample.TokensPerSecond).Median();

    /// <summary>The bare loop's middle figure.</summary>
    public double MedianBare => Bare.Select(sample => sample.TokensPerSecond).Median();

    /// <summary>The part of the engine thread's processor time inside decode; the rest is the engine's.</summary>
    public double MedianDecodeShare => Engine.Select(sample => sample.DecodeShare).Median();

    /// <summary>Processor time that a step of the engine takes beyond its decode.</summary>
    public double MicrosecondsPerStepBeyondDecode =>
        Engine.Select(sample => Work.Sequences * 1e6 / sample.TokensPerProcessorSecond * (1 - sample.DecodeShare))
            .Median();

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Work.Sequences,3} sequences: engine {MedianEngine,8:f1} tokens/s, bare decode {MedianBare,8:f1}, "
        + $"ratio {MedianRatio:f3} (processor time {MedianProcessorRatio:f3}), inside decode {MedianDecodeShare:p2}, "
        + $"{MicrosecondsPerStepBeyondDecode:f1} us a step beyond it";

    private double MedianOfPairs(Func<Sample, Sample, double> compare) => Engine.Zip(Bare, compare).Median();
}

/// <summary>A report: where, of what, and the figures.</summary>
internal sealed record EngineReport(
    Machine Machine, string Library, string Model, string File, IReadOnlyList<EngineResult> Results);
