namespace AgenticOS.Inference.Model;

/// <summary>One device of the inference library.</summary>
/// <param name="Name">Short name by which a load asks for it, such as <c>CUDA0</c> or <c>CPU</c>.</param>
/// <param name="Description">The vendor's name of it.</param>
/// <param name="Kind">What sort of device it is.</param>
/// <param name="MemoryFree">Bytes free when it was listed; zero when the library does not know.</param>
/// <param name="MemoryTotal">Bytes in all; zero when the library does not know.</param>
public sealed record ModelDevice(string Name, string Description, DeviceKind Kind, long MemoryFree, long MemoryTotal);

/// <summary>The sorts of device, as the inference library tells them apart.</summary>
public enum DeviceKind
{
    /// <summary>The host processor and its memory.</summary>
    Cpu,

    /// <summary>A graphics card with memory of its own.</summary>
    Gpu,

    /// <summary>A graphics unit that shares the host's memory.</summary>
    IntegratedGpu,

    /// <summary>A helper of the host processor (BLAS, AMX and the like).</summary>
    Accelerator,

    /// <summary>Anything this version does not know.</summary>
    Other,
}
