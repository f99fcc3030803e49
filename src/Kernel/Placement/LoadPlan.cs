using System.Globalization;

namespace AgenticOS.Kernel.Placement;

/// <summary>Where a model can be loaded.</summary>
public abstract record LoadPlan
{
    private LoadPlan()
    {
    }

    /// <summary>On these devices, best first; at least one.</summary>
    public sealed record Fits(IReadOnlyList<DeviceCandidate> Devices) : LoadPlan;

    /// <summary>On none.</summary>
    /// <param name="NeededBytes">What the model needs.</param>
    /// <param name="Devices">What there is.</param>
    public sealed record FitsNowhere(long NeededBytes, IReadOnlyList<DeviceCandidate> Devices) : LoadPlan
    {
        /// <summary>One line with the figures: what is needed, and what is free where.</summary>
        public string Message => Devices.Count == 0
            ? $"It needs {Size(NeededBytes)} and no silo with the file has a device for it."
            : $"It needs {Size(NeededBytes)}; free are {string.Join(", ", Devices.Select(Free))}.";

        private static string Free(DeviceCandidate device) =>
            $"{Size(device.FreeBytes)} on {device.Name} {device.Device}";
    }

    /// <summary>A size for people: <c>512 MiB</c>, <c>4.9 GiB</c>.</summary>
    public static string Size(long bytes)
    {
        const double mebi = 1 << 20;
        return bytes >= 1L << 30
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024 * mebi):0.0} GiB")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes / mebi:0.#} MiB");
    }
}
