using System.Runtime.InteropServices;

namespace AgenticOS.Inference.LlamaCpp.Native;

/// <summary><c>llama_context_params</c> of llama.cpp 0.5.0: 160 bytes, proved by <see cref="LayoutCheck"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ContextParameters
{
    public uint Context;
    public uint Batch;
    public uint MicroBatch;
    public uint Sequences;
    public uint RecurrentSnapshots;
    public uint OutputsMax;
    public uint OutputsMaxPerSequence;
    public int Threads;
    public int ThreadsBatch;
    public int ContextType;
    public int RopeScaling;
    public int Pooling;
    public int Attention;
    public int FlashAttention;
    public float RopeFrequencyBase;
    public float RopeFrequencyScale;
    public float YarnExtension;
    public float YarnAttention;
    public float YarnBetaFast;
    public float YarnBetaSlow;
    public uint YarnOriginalContext;
    public float DefragmentThreshold;
    public void* EvaluationCallback;
    public void* EvaluationCallbackState;
    public int TypeK;
    public int TypeV;
    public delegate* unmanaged[Cdecl]<void*, byte> AbortCallback;
    public void* AbortCallbackState;
    public byte Embeddings;
    public byte OffloadKqv;
    public byte NoPerf;
    public byte OffloadOperations;
    public byte SlidingWindowFull;
    public byte KvUnified;
    public void* Samplers;
    public nuint SamplerCount;
    public void* OtherContext;
}
