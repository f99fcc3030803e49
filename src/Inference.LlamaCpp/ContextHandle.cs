using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AgenticOS.Inference.LlamaCpp.Native;
using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.LlamaCpp;

/// <summary>A context with its threads and its abort flag; freed in the one order that is safe.</summary>
internal sealed unsafe class ContextHandle : SafeHandle
{
    private readonly ModelHandle _model;

    // Pinned and not freed by hand: whoever still holds the context may ask for an abort after its end.
    private readonly int[] _abort = GC.AllocateArray<int>(1, pinned: true);
    private HostThreads? _threads;

    private ContextHandle(ModelHandle model)
        : base(0, ownsHandle: true)
    {
        _model = model;
        bool referenced = false;
        model.DangerousAddRef(ref referenced);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Whether running and coming decodes shall return early; read by the compute threads.</summary>
    internal bool AbortRequested
    {
        get => Volatile.Read(ref _abort[0]) != 0;
        set => Volatile.Write(ref _abort[0], value ? 1 : 0);
    }

    /// <summary>Opens a context on a model. The calling thread becomes the first compute thread.</summary>
    internal static ContextHandle Open(ModelHandle model, ContextShape shape)
    {
        var context = new ContextHandle(model);
        ContextParameters parameters = Llama.ContextDefaults();
        parameters.Context = (uint)shape.Tokens;
        parameters.Batch = (uint)shape.BatchTokens;
        parameters.MicroBatch = Math.Min(parameters.MicroBatch, parameters.Batch);
        parameters.Sequences = (uint)shape.Sequences;
        parameters.Threads = parameters.ThreadsBatch = shape.Threads;
        parameters.KvUnified = (byte)(shape.UnifiedKv ? 1 : 0);
        parameters.AbortCallback = &OnAbortQuestion;
        parameters.AbortCallbackState = (void*)Marshal.UnsafeAddrOfPinnedArrayElement(context._abort, 0);
        context.SetHandle(Llama.ContextNew(model.DangerousGetHandle(), parameters));
        if (context.IsInvalid)
        {
            context.Free();
            throw new ModelUnusableException(
                $"llama.cpp cannot open a context of {shape.Tokens} tokens for {shape.Sequences} sequences;"
                + " its log says why.");
        }

        context._threads = HostThreads.Create(shape);
        context._threads.AttachTo(context.handle);
        return context;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Llama.ContextFree(handle);
        Free();
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte OnAbortQuestion(void* flag) => (byte)(Volatile.Read(ref *(int*)flag) != 0 ? 1 : 0);

    private void Free()
    {
        _threads?.Dispose();
        _model.DangerousRelease();
    }
}
