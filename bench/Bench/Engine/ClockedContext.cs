using AgenticOS.Bench.Reports;
using AgenticOS.Inference.Model;

namespace AgenticOS.Bench.Engine;

/// <summary>A context that adds up the processor time its thread spends inside decode.</summary>
internal sealed class ClockedContext(IModelContext context) : IModelContext
{
    /// <summary>Seconds inside decode so far.</summary>
    internal double DecodeSeconds { get; private set; }

    public int Sequences => context.Sequences;

    public int Capacity => context.Capacity;

    public int CapacityPerSequence => context.CapacityPerSequence;

    public int BatchTokens => context.BatchTokens;

    public DecodeStatus Decode(ReadOnlySpan<BatchToken> batch)
    {
        double from = ThreadClock.Seconds();
        DecodeStatus status = context.Decode(batch);
        DecodeSeconds += ThreadClock.Seconds() - from;
        return status;
    }

    public Span<float> Logits(int row) => context.Logits(row);

    public bool Forget(int sequence, int fromPosition) => context.Forget(sequence, fromPosition);

    public void Share(int from, int to) => context.Share(from, to);

    public int LastPosition(int sequence) => context.LastPosition(sequence);

    public void Abort() => context.Abort();

    public void ClearAbort() => context.ClearAbort();

    public void Dispose() => context.Dispose();
}
