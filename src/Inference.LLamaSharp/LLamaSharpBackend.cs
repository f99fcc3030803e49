using AgenticOS.Inference.Model;
using LLama.Native;

namespace AgenticOS.Inference.LLamaSharp;

/// <summary>
/// The model seam over LLamaSharp, with the natives that its backend packages bring. LLamaSharp runs one decode at a
/// time in a process, whatever the number of models: run one silo process per GPU.
/// </summary>
public sealed class LLamaSharpBackend : IModelBackend
{
    private const string Gpu = "GPU";

    /// <inheritdoc/>
    public string Version { get; } =
        $"LLamaSharp {typeof(NativeApi).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>The host, and one entry for all graphics cards together: LLamaSharp does not name them.</summary>
    public IReadOnlyList<ModelDevice> ListDevices()
    {
        var memory = GC.GetGCMemoryInfo();
        var host = new ModelDevice(
            "CPU",
            "the host processor",
            DeviceKind.Cpu,
            memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes,
            memory.TotalAvailableMemoryBytes);
        return NativeApi.llama_supports_gpu_offload()
            ? [new ModelDevice(Gpu, "the graphics cards that LLamaSharp's natives see", DeviceKind.Gpu, 0, 0), host]
            : [host];
    }

    /// <inheritdoc/>
    public IModel Load(ModelLoad load)
    {
        ArgumentNullException.ThrowIfNull(load);
        return new LLamaSharpModel(Open(load, withoutMemory: false));
    }

    /// <summary>Weights from the file, cache by its shape; LLamaSharp does not tell of scratch buffers.</summary>
    public MemoryEstimate Estimate(ModelLoad load, ContextShape shape)
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentNullException.ThrowIfNull(shape);
        using var model = Open(load, withoutMemory: true);
        var headSize = model.EmbeddingSize / Math.Max(1, model.HeadCount);
        var bytesPerToken = 2L * model.LayerCount * model.KVHeadCount * headSize * sizeof(short);
        return new MemoryEstimate((long)model.SizeInBytes, bytesPerToken * shape.Tokens, 0);
    }

    private static SafeLlamaModelHandle Open(ModelLoad load, bool withoutMemory)
    {
        var parameters = LLamaModelParams.Default();
        var useGpu = load.Devices.Count == 0 || load.Devices.Contains(Gpu);
        parameters.n_gpu_layers = !useGpu ? 0 : load.GpuLayers < 0 ? int.MaxValue : load.GpuLayers;
        parameters.use_mmap = load.MemoryMap && !withoutMemory;
        parameters.no_alloc = withoutMemory;
        try
        {
            return SafeLlamaModelHandle.LoadFromFile(load.Path, parameters);
        }
        catch (Exception refused) when (refused is LLama.Exceptions.LoadWeightsFailedException or IOException
            or InvalidOperationException)
        {
            throw new ModelUnusableException($"LLamaSharp cannot load {load.Path}: {refused.Message}", refused);
        }
    }
}
