using AgenticOS.Inference.LlamaCpp.Native;
using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.LlamaCpp;

/// <summary>
/// Compute threads of our own. The libraries are built without OpenMP, and without a pool they start their threads
/// anew for every decode, which costs a small model most of its speed.
/// </summary>
internal sealed unsafe class HostThreads : IDisposable
{
    private const int CpuDevice = 0;
    private readonly CoreLease? _cores;
    private nint _pool;

    private HostThreads(nint pool, CoreLease? cores)
    {
        _pool = pool;
        _cores = cores;
    }

    /// <summary>Starts the threads; the calling thread becomes the first of them, and is pinned with them.</summary>
    internal static HostThreads Create(ContextShape shape)
    {
        ThreadpoolParameters parameters;
        Ggml.ThreadpoolDefaults(&parameters, shape.Threads);
        parameters.Polling = (uint)shape.Polling;
        CoreLease? cores = shape.PinThreads ? CoreLease.Take(shape.Threads) : null;
        if (cores is not null)
        {
            parameters.StrictCpu = 1;
            foreach (int core in cores.Cores)
                parameters.CpuMask[core] = 1;
        }

        var create = (delegate* unmanaged[Cdecl]<ThreadpoolParameters*, nint>)Function("ggml_threadpool_new");
        nint pool = create(&parameters);
        if (pool != 0)
            return new HostThreads(pool, cores);
        cores?.Dispose();
        throw new ModelUnusableException("No compute threads to be had.");
    }

    /// <summary>Gives the threads to a context, which must be freed before them.</summary>
    internal void AttachTo(nint context) => Llama.AttachThreadpool(context, _pool, _pool);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_pool == 0)
            return;
        ((delegate* unmanaged[Cdecl]<nint, void>)Function("ggml_threadpool_free"))(_pool);
        _pool = 0;
        _cores?.Dispose();
    }

    private static nint Function(string name) =>
        Ggml.RegistryFunction(Ggml.DeviceRegistry(Ggml.DeviceOfType(CpuDevice)), name) is not 0 and nint found
            ? found
            : throw new ModelUnusableException($"The processor's backend has no '{name}'.");
}
