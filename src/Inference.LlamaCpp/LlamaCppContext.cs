using System.Runtime.InteropServices;
using AgenticOS.Inference.LlamaCpp.Native;
using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.LlamaCpp;

/// <summary>A context of llama.cpp and the native memory of its batch.</summary>
internal sealed unsafe class LlamaCppContext : IModelContext
{
    private const int WholeSequence = -1;
    private readonly ContextHandle _handle;
    private readonly nint _context;
    private readonly nint _memory;
    private readonly int _vocabulary;
    private NativeBatch _batch;
    private int* _sequences;

    internal LlamaCppContext(ContextHandle handle, int vocabulary)
    {
        _handle = handle;
        _context = handle.DangerousGetHandle();
        _memory = Llama.ContextMemory(_context);
        _vocabulary = vocabulary;
        Sequences = (int)Llama.ContextSequences(_context);
        Capacity = (int)Llama.ContextSize(_context);
        CapacityPerSequence = (int)Llama.ContextSizePerSequence(_context);
        BatchTokens = (int)Llama.ContextBatch(_context);
        AllocateBatch();
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
        for (int i = 0; i < batch.Length; i++)
        {
            ref readonly BatchToken token = ref batch[i];
            Invariant.Holds((uint)token.Sequence < (uint)Sequences, "a sequence of this context");
            _batch.Tokens[i] = token.Token;
            _batch.Positions[i] = token.Position;
            _sequences[i] = token.Sequence;
            _batch.WantsLogits[i] = (sbyte)(token.WantsLogits ? 1 : 0);
        }

        _batch.Count = batch.Length;
        return Llama.Decode(_context, _batch) switch
        {
            0 => DecodeStatus.Done,
            1 => DecodeStatus.NoRoom,
            2 => DecodeStatus.Aborted,
            -1 => DecodeStatus.Invalid,
            _ => DecodeStatus.Failed,
        };
    }

    /// <inheritdoc/>
    public Span<float> Logits(int row)
    {
        float* logits = Llama.Logits(_context, row);
        Invariant.Holds(logits is not null, "logits are read of rows that asked for them");
        return new Span<float>(logits, _vocabulary);
    }

    /// <inheritdoc/>
    public bool Forget(int sequence, int fromPosition)
    {
        Invariant.Holds((uint)sequence < (uint)Sequences, "a sequence of this context");
        return Llama.MemoryRemove(_memory, sequence, fromPosition, -1) != 0;
    }

    /// <inheritdoc/>
    public void Share(int from, int to)
    {
        Invariant.Holds((uint)from < (uint)Sequences && (uint)to < (uint)Sequences, "sequences of this context");
        Llama.MemoryCopy(_memory, from, to, WholeSequence, WholeSequence);
    }

    /// <inheritdoc/>
    public int LastPosition(int sequence)
    {
        Invariant.Holds((uint)sequence < (uint)Sequences, "a sequence of this context");
        return Llama.MemoryLastPosition(_memory, sequence);
    }

    /// <inheritdoc/>
    public void Abort() => _handle.AbortRequested = true;

    /// <inheritdoc/>
    public void ClearAbort() => _handle.AbortRequested = false;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_handle.IsClosed)
            return;
        _handle.Dispose();
        NativeMemory.Free(_batch.Tokens);
        NativeMemory.Free(_batch.Positions);
        NativeMemory.Free(_batch.SequenceCounts);
        NativeMemory.Free(_batch.Sequences);
        NativeMemory.Free(_batch.WantsLogits);
        NativeMemory.Free(_sequences);
        _batch = default;
        _sequences = null;
    }

    private void AllocateBatch()
    {
        nuint count = (nuint)BatchTokens;
        _batch.Tokens = (int*)NativeMemory.Alloc(count, sizeof(int));
        _batch.Positions = (int*)NativeMemory.Alloc(count, sizeof(int));
        _batch.SequenceCounts = (int*)NativeMemory.Alloc(count, sizeof(int));
        _batch.Sequences = (int**)NativeMemory.Alloc(count + 1, (nuint)sizeof(int*));
        _batch.WantsLogits = (sbyte*)NativeMemory.Alloc(count, sizeof(sbyte));
        _sequences = (int*)NativeMemory.Alloc(count, sizeof(int));
        for (int i = 0; i < BatchTokens; i++)
        {
            _batch.Sequences[i] = _sequences + i;
            _batch.SequenceCounts[i] = 1;
        }

        _batch.Sequences[BatchTokens] = null;
    }
}
