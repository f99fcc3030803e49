using System.Reflection;

namespace AgenticOS.Bench.Reports;

/// <summary>Where and of what a figure was measured, so that it can be measured again.</summary>
/// <param name="Commit">The commit the bench was built from.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">Logical cores.</param>
/// <param name="System">Operating system and runtime.</param>
/// <param name="Command">The command line.</param>
/// <param name="At">When, in UTC.</param>
internal sealed record Machine(
    string Commit, string Processor, int Cores, string System, string Command, DateTimeOffset At)
{
    internal static Machine Here(TimeProvider time) => new(
        BuiltFrom(),
        ProcessorName(),
        Environment.ProcessorCount,
        $"{Environment.OSVersion}, .NET {Environment.Version}",
        "bench " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Select(Path.GetFileName)),
        time.GetUtcNow());

    private static string ProcessorName() =>
        File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name"))?.Split(": ")[^1]
                ?? "unknown"
            : "unknown";

    /// <summary>The build writes it behind the version's plus sign.</summary>
    private static string BuiltFrom() =>
        typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split('+') is [_, var commit] ? commit[..Math.Min(12, commit.Length)] : "unknown";
}
