using System.Runtime.InteropServices;
using AgenticOS.Inference.LlamaCpp.Native;
using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.LlamaCpp;

/// <summary>A loaded model; freed after the last context on it, which holds a reference.</summary>
internal sealed class ModelHandle : SafeHandle
{
    private ModelHandle(nint model)
        : base(0, ownsHandle: true) => SetHandle(model);

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Loads a file; without <paramref name="allocate"/> only its facts, in a fraction of a second.</summary>
    internal static unsafe ModelHandle Load(ModelLoad load, bool allocate)
    {
        if (!File.Exists(load.Path))
            throw new ModelUnusableException($"There is no model file '{load.Path}'.");
        ModelParameters parameters = Llama.ModelDefaults();
        parameters.GpuLayers = load.GpuLayers;
        parameters.LoadMode = load.MemoryMap && allocate ? ModelParameters.LoadAuto : ModelParameters.LoadRead;
        parameters.NoAlloc = (byte)(allocate ? 0 : 1);
        void** devices = stackalloc void*[load.Devices.Count + 1];
        for (int i = 0; i < load.Devices.Count; i++)
            devices[i] = (void*)LlamaCppBackend.DeviceNamed(load.Devices[i]);
        devices[load.Devices.Count] = null;
        if (load.Devices.Count > 0)
            parameters.Devices = devices;
        var model = new ModelHandle(Llama.ModelLoad(load.Path, parameters));
        return model.IsInvalid
            ? throw new ModelUnusableException($"llama.cpp cannot load '{load.Path}'; its log says why.")
            : model;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Llama.ModelFree(handle);
        return true;
    }
}
