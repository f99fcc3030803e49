using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.Tests;

/// <summary>The real model, with a tap on its decodes through which a test sees them and makes them fail.</summary>
internal sealed class ProbedModel(IModel model, Func<int, int, DecodeStatus?> onDecode) : IModel
{
    public ModelFacts Facts => model.Facts;

    public IVocabulary Vocabulary => model.Vocabulary;

    public bool ContextDisposed { get; private set; }

    public string? ApplyChatTemplate(IReadOnlyList<ChatTurn> turns, bool openAnswer) =>
        model.ApplyChatTemplate(turns, openAnswer);

    public IModelContext CreateContext(ContextShape shape) =>
        new ProbedContext(this, model.CreateContext(shape), onDecode);

    /// <summary>The model itself belongs to the fixture.</summary>
    public void Dispose()
    {
    }

    private sealed class ProbedContext(
        ProbedModel owner, IModelContext context, Func<int, int, DecodeStatus?> onDecode) : IModelContext
    {
        private int _decodes;

        public int Sequences => context.Sequences;

        public int Capacity => context.Capacity;

        public int CapacityPerSequence => context.CapacityPerSequence;

        public int BatchTokens => context.BatchTokens;

        /// <summary>A status of the test's own is the worst case of it: all of the batch is in the cache.</summary>
        public DecodeStatus Decode(ReadOnlySpan<BatchToken> batch)
        {
            DecodeStatus? told = onDecode(_decodes++, batch.Length);
            DecodeStatus real = context.Decode(batch);
            return told ?? real;
        }

        public Span<float> Logits(int row) => context.Logits(row);

        public bool Forget(int sequence, int fromPosition) => context.Forget(sequence, fromPosition);

        public void Share(int from, int to) => context.Share(from, to);

        public int LastPosition(int sequence) => context.LastPosition(sequence);

        public void Abort() => context.Abort();

        public void ClearAbort() => context.ClearAbort();

        public void Dispose()
        {
            context.Dispose();
            owner.ContextDisposed = true;
        }
    }
}
