using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AgenticOS.Inference.Model;
using LLama.Native;

namespace AgenticOS.Inference.LLamaSharp;

/// <summary>One context of LLamaSharp, which lets nobody attach a thread pool of their own.</summary>
internal sealed class LLamaSharpContext : IModelContext
{
    private const int ToTheEnd = -1;
    private readonly SafeLLamaContextHandle _handle;
    private readonly LLamaBatch _batch = new();
    private readonly bool _unified;
    private GCHandle _self;
    private volatile bool _aborted;

    internal LLamaSharpContext(SafeLlamaModelHandle model, ContextShape shape)
    {
        var parameters = LLamaContextParams.Default();
        parameters.n_ctx = (uint)shape.Tokens;
        parameters.n_batch = (uint)shape.BatchTokens;
        parameters.n_ubatch = (uint)Math.Min(shape.BatchTokens, 512);
        parameters.n_seq_max = (uint)shape.Sequences;
        parameters.n_threads = shape.Threads;
        parameters.n_threads_batch = shape.Threads;
        parameters.kv_unified = shape.UnifiedKv;
        parameters.no_perf = true;
        _unified = shape.UnifiedKv;
        Sequences = shape.Sequences;
        try
        {
            _handle = SafeLLamaContextHandle.Create(model, parameters);
        }
        catch (Exception refused) when (refused is LLama.Exceptions.RuntimeError or InvalidOperationException)
        {
            throw new ModelUnusableException($"LLamaSharp cannot open a context of {shape.Tokens} tokens", refused);
        }

        _self = GCHandle.Alloc(this);
        unsafe
        {
            delegate* unmanaged[Cdecl]<void*, byte> asked = &IsAborted;
            NativeApi.llama_set_abort_callback(_handle, (IntPtr)asked, GCHandle.ToIntPtr(_self));
        }
    }

    public int Sequences { get; }

    public int Capacity => (int)_handle.ContextSize;

    public int CapacityPerSequence => _unified ? Capacity : Capacity / Sequences;

    public int BatchTokens => (int)_handle.BatchSize;

    public DecodeStatus Decode(ReadOnlySpan<BatchToken> batch)
    {
        _batch.Clear();
        foreach (var row in batch)
        {
            Invariant.Holds((uint)row.Sequence < (uint)Sequences, "a sequence of this context");
            _batch.Add(row.Token, row.Position, (LLamaSeqId)row.Sequence, row.WantsLogits);
        }

        return _handle.Decode(_batch) switch
        {
            DecodeResult.Ok => DecodeStatus.Done,
            DecodeResult.NoKvSlot => DecodeStatus.NoRoom,
            DecodeResult.ComputeAborted => DecodeStatus.Aborted,
            DecodeResult.InvalidInputBatch => DecodeStatus.Invalid,
            _ => DecodeStatus.Failed,
        };
    }

    public Span<float> Logits(int row) => _handle.GetLogitsIth(row);

    public bool Forget(int sequence, int fromPosition)
    {
        _handle.MemorySequenceRemove((LLamaSeqId)sequence, fromPosition, ToTheEnd);
        return LastPosition(sequence) < fromPosition;
    }

    public void Share(int from, int to) =>
        _handle.MemorySequenceCopy((LLamaSeqId)from, (LLamaSeqId)to, ToTheEnd, ToTheEnd);

    public int LastPosition(int sequence) => (int)_handle.MemorySequenceMaxPosition((LLamaSeqId)sequence);

    public void Abort() => _aborted = true;

    public void ClearAbort() => _aborted = false;

    public void Dispose()
    {
        _handle.Dispose();
        if (_self.IsAllocated) _self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe byte IsAborted(void* self) =>
        GCHandle.FromIntPtr((IntPtr)self).Target is LLamaSharpContext { _aborted: true } ? (byte)1 : (byte)0;
}
