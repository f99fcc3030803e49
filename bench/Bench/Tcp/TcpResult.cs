using AgenticOS.Bench.Engine;
using AgenticOS.Bench.Reports;

namespace AgenticOS.Bench.Tcp;

/// <summary>The figures of one number of streams through the whole path.</summary>
/// <param name="Work">The work, with the prompt's tokens as the service counts them.</param>
/// <param name="Service">Generated tokens per second of all time, through TCP; one a pair.</param>
/// <param name="Bare">The same of the bare loop.</param>
/// <param name="FirstTokenP50">Milliseconds from EXEC to the first byte of text, the middle stream; middle of all
/// runs.</param>
/// <param name="FirstTokenP99">The same of nearly the slowest stream.</param>
/// <param name="EmitToSocketP50">Milliseconds from the engine's step to the flushed socket, as the frontend
/// measured.</param>
/// <param name="EmitToSocketP99">The same, of nearly the slowest frame.</param>
internal sealed record TcpResult(
    EngineWork Work,
    IReadOnlyList<double> Service,
    IReadOnlyList<double> Bare,
    double FirstTokenP50,
    double FirstTokenP99,
    double EmitToSocketP50,
    double EmitToSocketP99)
{
    /// <summary>Service over bare loop, pair by pair; the middle one.</summary>
    public double MedianRatio => Service.Zip(Bare, (service, bare) => service / bare).Median();

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Work.Sequences,3} streams, {Work.Threads} threads: TCP {Service.Median(),8:f1} tokens/s, "
        + $"bare {Bare.Median(),8:f1}, "
        + $"ratio {MedianRatio:f3}; first token p50 {FirstTokenP50:f1} ms, p99 {FirstTokenP99:f1} ms; "
        + $"emit to socket p50 {EmitToSocketP50:f2} ms, p99 {EmitToSocketP99:f2} ms";
}

/// <summary>A report: where, of what, and the figures.</summary>
internal sealed record TcpReport(Machine Machine, string Library, string Model, IReadOnlyList<TcpResult> Results);
