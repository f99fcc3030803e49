using System.Diagnostics;
using AgenticOS.Cli.Service;

namespace AgenticOS.Cli.Doctor;

/// <summary>The llama.cpp libraries, and the devices they see: asked of the service program itself, which loads
/// them.</summary>
internal static class Natives
{
    public static IEnumerable<Finding> Look(Layout layout)
    {
        var libraries = Directory.Exists(layout.Natives)
            ? Directory.GetFiles(layout.Natives, "libllama*.so*", SearchOption.AllDirectories)
            : [];
        if (libraries.Length == 0)
        {
            yield return new Finding("natives", $"no llama.cpp library under {layout.Natives}",
                "remove .agenticos/natives and run ./agenticos doctor again, which installs it through npm");
            yield break;
        }
        yield return new Finding("natives", string.Join(", ", libraries.Select(Path.GetFileName)));
        foreach (var line in Devices())
            yield return line.StartsWith("error: ", StringComparison.Ordinal)
                ? new Finding("device", line[7..], "see the message; the natives and this build must belong together")
                : new Finding("device", line);
    }

    private static string[] Devices()
    {
        var start = new ProcessStartInfo(
            "dotnet", [Layout.Standalone, "--list-devices"]) { RedirectStandardOutput = true };
        using var probe = Process.Start(start);
        if (probe is null) return ["error: the service program could not be started"];
        var lines = probe.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        probe.WaitForExit();
        return lines;
    }
}
