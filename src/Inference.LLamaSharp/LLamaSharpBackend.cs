using System.Runtime.InteropServices;
using AgenticOS.Inference.Model;
using LLama.Exceptions;
using LLama.Native;
using Microsoft.Extensions.Logging;

namespace AgenticOS.Inference.LLamaSharp;

/// <summary>
/// The model seam over LLamaSharp's public native interface, with LLamaSharp's own libraries only: those of another
/// llama.cpp have other struct layouts. LLamaSharp decodes for one context at a time in the whole process, and offers
/// no compute threads of one's own.
/// </summary>
public sealed class LLamaSharpBackend : IModelBackend
{
    private LLamaSharpBackend() =>
        Version = $"LLamaSharp {typeof(NativeApi).Assembly.GetName().Version}";

    /// <inheritdoc/>
    public string Version { get; }

    /// <summary>Loads the libraries of the LLamaSharp backend package that the program carries.</summary>
    public static LLamaSharpBackend Open(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        try
        {
            NativeLogConfig.llama_log_set(logger);
            NativeApi.llama_empty_call();
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or RuntimeError)
        {
            throw new ModelUnusableException("LLamaSharp found no libraries; add one of its backend packages.", e);
        }

        return new LLamaSharpBackend();
    }

    /// <summary>The devices by name; LLamaSharp tells neither their memory nor, but for the processor, their kind.</summary>
    public IReadOnlyList<ModelDevice> ListDevices() =>
        [.. Enumerable.Range(0, (int)NativeApi.ggml_backend_dev_count()).Select(index => Describe((nuint)index))];

    /// <inheritdoc/>
    public IModel Load(ModelLoad load) => new LLamaSharpModel(Open(load, allocate: true));

    /// <summary>
    /// Weights and cache. The cache is that of plain attention in half floats, and compute buffers are not known to
    /// LLamaSharp: zero.
    /// </summary>
    public MemoryEstimate Estimate(ModelLoad load, ContextShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        using SafeLlamaModelHandle model = Open(load, allocate: false);
        long headSize = model.EmbeddingSize / Math.Max(1, model.HeadCount);
        long cacheOfToken = 2 * 2 * headSize * model.KVHeadCount * model.LayerCount;
        return new MemoryEstimate((long)model.SizeInBytes, cacheOfToken * shape.Tokens, 0);
    }

    private static SafeLlamaModelHandle Open(ModelLoad load, bool allocate)
    {
        ArgumentNullException.ThrowIfNull(load);
        if (load.Devices.Count > 0)
            throw new ModelUnusableException("LLamaSharp cannot be told which devices to use.");
        LLamaModelParams parameters = LLamaModelParams.Default();
        parameters.n_gpu_layers = load.GpuLayers < 0 ? int.MaxValue : load.GpuLayers;
        parameters.use_mmap = load.MemoryMap && allocate;
        parameters.no_alloc = !allocate;
        try
        {
            return SafeLlamaModelHandle.LoadFromFile(load.Path, parameters);
        }
        catch (Exception e) when (e is LoadWeightsFailedException or IOException or InvalidOperationException)
        {
            throw new ModelUnusableException($"LLamaSharp cannot load '{load.Path}': {e.Message}", e);
        }
    }

    private static ModelDevice Describe(nuint index)
    {
        IntPtr buffers = NativeApi.ggml_backend_dev_buffer_type(NativeApi.ggml_backend_dev_get(index));
        string name = Marshal.PtrToStringUTF8(NativeApi.ggml_backend_buft_name(buffers)) ?? "";
        return new ModelDevice(name, name, name == "CPU" ? DeviceKind.Cpu : DeviceKind.Other, 0, 0);
    }
}
