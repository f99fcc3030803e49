namespace AgenticOS.Inference.Model;

/// <summary>How to load one model file.</summary>
/// <param name="Path">Path of the GGUF file (of the first one when it is split).</param>
public sealed record ModelLoad(string Path)
{
    /// <summary>Names of the devices to put layers on; empty lets the library choose all graphics cards.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>How many layers go to those devices; negative is all of them.</summary>
    public int GpuLayers { get; init; } = -1;

    /// <summary>Map the file instead of reading it, so that silos on one machine share its pages.</summary>
    public bool MemoryMap { get; init; } = true;
}

/// <summary>The shape of a context: what it must be able to hold and with how many threads it works.</summary>
/// <param name="Sequences">How many sequences may live in it at once.</param>
/// <param name="Tokens">Tokens in all its sequences together.</param>
/// <param name="BatchTokens">The most tokens one decode may carry.</param>
public sealed record ContextShape(int Sequences, int Tokens, int BatchTokens)
{
    /// <summary>One cache that sequences share and borrow from, instead of an equal part for each (ADR 0003).</summary>
    public bool UnifiedKv { get; init; }

    /// <summary>Compute threads on the host.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Pin each compute thread to a core of its own, as long as there are enough.</summary>
    public bool PinThreads { get; init; }

    /// <summary>
    /// How long idle compute threads spin before they sleep, 0 (not at all) to 100; spinning is fastest on cores that
    /// nobody else wants and slowest on cores that somebody does.
    /// </summary>
    public int Polling { get; init; } = 50;
}

/// <summary>Bytes that a model and one context on it need.</summary>
/// <param name="Weights">The tensors of the file.</param>
/// <param name="Cache">The key-value cache of the whole context.</param>
/// <param name="Compute">Scratch buffers of one decode.</param>
public readonly record struct MemoryEstimate(long Weights, long Cache, long Compute)
{
    /// <summary>All three together.</summary>
    public long Total => Weights + Cache + Compute;
}

/// <summary>A model file, a context on it, or the native library itself cannot be used; the message says why.</summary>
public sealed class ModelUnusableException : Exception
{
    /// <summary>With a message for the operator.</summary>
    public ModelUnusableException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the operator and what lies beneath it.</summary>
    public ModelUnusableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
