using AgenticOS.Inference.LlamaCpp;
using AgenticOS.Inference.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgenticOS.Standalone;

/// <summary><c>--list-devices</c>: what the inference library sees, one line a device, for <c>doctor</c>.</summary>
internal static class DeviceList
{
    /// <summary>Prints the library's version and the devices, or one <c>error: </c> line; the exit status.</summary>
    public static int Print(TextWriter output)
    {
        try
        {
            var backend = LlamaCppBackend.Open(NullLogger.Instance);
            output.WriteLine(backend.Version);
            foreach (var device in backend.ListDevices())
                output.WriteLine($"{device.Name} ({device.Description}, {device.Kind}): {Memory(device)}");
            return 0;
        }
        catch (ModelUnusableException unusable)
        {
            output.WriteLine($"error: {unusable.Message}");
            return 1;
        }
    }

    private static string Memory(ModelDevice device) => device.MemoryTotal == 0
        ? "memory unknown"
        : $"{device.MemoryFree >> 20} MiB free of {device.MemoryTotal >> 20}";
}
