using System.Runtime.InteropServices;

namespace AgenticOS.Inference.LlamaCpp.Native;

/// <summary><c>llama_model_params</c> of llama.cpp 0.5.0: 80 bytes, proved by <see cref="LayoutCheck"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ModelParameters
{
    public void** Devices;
    public void* TensorBufferOverrides;
    public int GpuLayers;
    public int SplitMode;
    public int LoadMode;
    public int LazyMode;
    public int MainGpu;
    public float* TensorSplit;
    public void* ProgressCallback;
    public void* ProgressCallbackState;
    public void* KvOverrides;
    public byte VocabularyOnly;
    public byte CheckTensors;
    public byte UseExtraBuffers;
    public byte NoHost;
    public byte NoAlloc;
    public byte LoadMtp;

    /// <summary>Load mode: read the file into memory.</summary>
    public const int LoadRead = 0;

    /// <summary>Load mode: the library decides, which is to map the file.</summary>
    public const int LoadAuto = -1;
}
