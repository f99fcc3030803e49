using KernelKind = AgenticOS.Kernel.Placement.DeviceKind;
using LibraryKind = AgenticOS.Inference.Model.DeviceKind;

namespace AgenticOS.Grains.Nodes;

/// <summary>The kinds of device as the inference library, the reports and the Kernel name them.</summary>
internal static class DeviceKinds
{
    /// <summary>The word in a <see cref="DeviceReport"/>.</summary>
    public static string ToWire(LibraryKind kind) => kind switch
    {
        LibraryKind.Gpu or LibraryKind.IntegratedGpu => "gpu",
        LibraryKind.Cpu => "cpu",
        _ => "accelerator",
    };

    /// <summary>The word read back.</summary>
    public static KernelKind FromWire(string kind) => kind switch
    {
        "gpu" => KernelKind.Gpu,
        "cpu" => KernelKind.Cpu,
        _ => KernelKind.Accelerator,
    };
}
