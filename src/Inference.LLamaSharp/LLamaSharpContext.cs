using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AgenticOS.Inference.Model;
using LLama.Native;

namespace AgenticOS.Inference.LLamaSharp;

/// <summary>A context of LLamaSharp.</summary>
internal sealed unsafe class LLamaSharpContext : IModelContext
{
    private const int ToTheEnd = -1;
    private readonly SafeLLamaContextHandle _context;
    private readonly LLamaBatch _batch = new();

    // Pinned and not freed by hand: whoever still holds the context may ask for an abort after its end.
    private readonly int[] _abort = GC.AllocateArray<int>(1, pinned: true);

    internal LLamaSharpContext(SafeLLamaContextHandle context, ContextShape shape)
    {
        _context = context;
        Sequences = (int)context.MaxSeq;
        Capacity = (int)context.ContextSize;
        CapacityPerSequence = shape.UnifiedKv ? Capacity : Capacity / Sequences;
        BatchTokens = (int)context.BatchSize;
        delegate* unmanaged[Cdecl]<void*, byte> question = &OnAbortQuestion;
        NativeApi.llama_set_abort_callback(
            context, (IntPtr)question, Marshal.UnsafeAddrOfPinnedArrayElement(_abort, 0));
    }

    /// <inheritdoc/>
    public int Sequences { get; }

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <inheritdoc/>
    public int CapacityPerSequence { get; }

    /// <inheritdoc/>
    public int BatchTokens { get; }

    /// <inheritdoc/>
    public DecodeStatus Decode(ReadOnlySpan<BatchToken> batch)
    {
        Invariant.Holds(batch.Length > 0 && batch.Length <= BatchTokens, "a batch has 1 to BatchTokens tokens");
        _batch.Clear();
        foreach (ref readonly BatchToken token in batch)
        {
            Invariant.Holds((uint)token.Sequence < (uint)Sequences, "a sequence of this context");
            _batch.Add(token.Token, token.Position, (LLamaSeqId)token.Sequence, token.WantsLogits);
        }

        return _context.Decode(_batch) switch
        {
            DecodeResult.Ok => DecodeStatus.Done,
            DecodeResult.NoKvSlot => DecodeStatus.NoRoom,
            DecodeResult.ComputeAborted => DecodeStatus.Aborted,
            DecodeResult.InvalidInputBatch => DecodeStatus.Invalid,
            _ => DecodeStatus.Failed,
        };
    }

    /// <inheritdoc/>
    public Span<float> Logits(int row) => _context.GetLogitsIth(row);

    /// <summary>LLamaSharp does not say whether a part was forgotten; the last position does.</summary>
    public bool Forget(int sequence, int fromPosition)
    {
        Invariant.Holds((uint)sequence < (uint)Sequences, "a sequence of this context");
        _context.MemorySequenceRemove((LLamaSeqId)sequence, fromPosition, ToTheEnd);
        return LastPosition(sequence) < fromPosition;
    }

    /// <inheritdoc/>
    public void Share(int from, int to)
    {
        Invariant.Holds((uint)from < (uint)Sequences && (uint)to < (uint)Sequences, "sequences of this context");
        _context.MemorySequenceCopy((LLamaSeqId)from, (LLamaSeqId)to, ToTheEnd, ToTheEnd);
    }

    /// <inheritdoc/>
    public int LastPosition(int sequence)
    {
        Invariant.Holds((uint)sequence < (uint)Sequences, "a sequence of this context");
        return _context.MemorySequenceMaxPosition((LLamaSeqId)sequence).Value;
    }

    /// <inheritdoc/>
    public void Abort() => Volatile.Write(ref _abort[0], 1);

    /// <inheritdoc/>
    public void ClearAbort() => Volatile.Write(ref _abort[0], 0);

    /// <inheritdoc/>
    public void Dispose() => _context.Dispose();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte OnAbortQuestion(void* flag) => (byte)(Volatile.Read(ref *(int*)flag) != 0 ? 1 : 0);
}
