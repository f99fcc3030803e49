using System.Diagnostics;

namespace AgenticOS.Bench.Reports;

/// <summary>Where and of what a figure was measured, so that it can be measured again.</summary>
/// <param name="Commit">The commit of the working tree; <c>-dirty</c> when it has changes.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">Logical cores.</param>
/// <param name="System">Operating system and runtime.</param>
/// <param name="Command">The command line.</param>
/// <param name="At">When, in UTC.</param>
internal sealed record Machine(
    string Commit, string Processor, int Cores, string System, string Command, DateTimeOffset At)
{
    internal static Machine Here(TimeProvider time) => new(
        Git("describe --always --dirty --abbrev=12"),
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

    private static string Git(string arguments)
    {
        using Process git = Process.Start(
            new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string answer = git.StandardOutput.ReadToEnd().Trim();
        git.WaitForExit();
        return git.ExitCode == 0 ? answer : "unknown";
    }
}
