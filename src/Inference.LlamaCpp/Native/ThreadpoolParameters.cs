using System.Runtime.InteropServices;

namespace AgenticOS.Inference.LlamaCpp.Native;

/// <summary><c>ggml_threadpool_params</c>: 528 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ThreadpoolParameters
{
    public const int CpuLimit = 512;

    public fixed byte CpuMask[CpuLimit];
    public int Threads;
    public int Priority;
    public uint Polling;
    public byte StrictCpu;
    public byte Paused;
}
