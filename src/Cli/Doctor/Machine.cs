using System.Runtime.InteropServices;
using AgenticOS.Cli.Service;

namespace AgenticOS.Cli.Doctor;

/// <summary>Runtime, processor, memory, disk, and which packages the build uses.</summary>
internal static class Machine
{
    private const long LeastMemory = 1L << 30;
    private const long LeastDisk = 512L << 20;

    public static IEnumerable<Finding> Look(Layout layout)
    {
        yield return new Finding(
            "runtime", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}");
        yield return new Finding("packages", layout.OrleansSource == "packages"
            ? $"Microsoft.Orleans (packages); LLamaSharp: {layout.LLamaSharpSource}"
            : $"the stand-in for Orleans in compat/: one machine only; LLamaSharp: {layout.LLamaSharpSource}");
        yield return new Finding(
            "processor", $"{Environment.ProcessorCount} processors, {RuntimeInformation.ProcessArchitecture}",
            Environment.ProcessorCount > 1
                ? null
                : "one processor is shared by engine and frontend; expect uneven latency");
        yield return Memory();
        yield return Disk(layout);
    }

    private static Finding Memory()
    {
        var values = File.ReadLines("/proc/meminfo").Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => Kibibytes(pair[1]) << 10);
        var available = values["MemAvailable"];
        return new Finding("memory", $"{Bytes(available)} available of {Bytes(values["MemTotal"])}",
            available >= LeastMemory ? null : "free some memory, or use a smaller model or fewer slots");
    }

    private static Finding Disk(Layout layout)
    {
        var drive = new DriveInfo(layout.Root);
        return new Finding("disk", $"{Bytes(drive.AvailableFreeSpace)} free under {layout.Root}",
            drive.AvailableFreeSpace >= LeastDisk ? null : "free at least 512 MiB");
    }

    private static long Kibibytes(string value) => long.Parse(value.Trim().Split(' ')[0]);

    private static string Bytes(long bytes) => $"{bytes / (double)(1 << 30):0.0} GiB";
}
