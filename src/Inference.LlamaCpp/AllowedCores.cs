using System.Globalization;
using AgenticOS.Inference.LlamaCpp.Native;

namespace AgenticOS.Inference.LlamaCpp;

/// <summary>The cores this process may run on, as the kernel lists them.</summary>
internal static class AllowedCores
{
    private const string Field = "Cpus_allowed_list:";

    /// <summary>The numbers of the cores, rising; empty where the kernel does not say.</summary>
    internal static IReadOnlyList<int> Read() =>
        File.Exists("/proc/self/status")
            ? Parse(File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Field)))
            : [];

    /// <summary>Reads <c>Cpus_allowed_list: 0-3,8</c>.</summary>
    internal static IReadOnlyList<int> Parse(string? line)
    {
        var cores = new List<int>();
        foreach (string range in (line ?? Field)[Field.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = range.Trim().Split('-');
            int first = int.Parse(ends[0], CultureInfo.InvariantCulture);
            int last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (int core = first; core <= last && core < ThreadpoolParameters.CpuLimit; core++)
                cores.Add(core);
        }

        return cores;
    }
}
