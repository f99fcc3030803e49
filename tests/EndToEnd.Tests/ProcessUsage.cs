namespace AgenticOS.EndToEnd.Tests;

/// <summary>What the kernel of the machine says a process holds.</summary>
internal sealed record ProcessUsage(int Handles, int Threads, long ResidentMiB)
{
    public static ProcessUsage Of(int pid)
    {
        var status = File.ReadLines($"/proc/{pid}/status").Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim());
        return new ProcessUsage(
            Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length,
            int.Parse(status["Threads"]),
            long.Parse(status["VmRSS"].Split(' ')[0]) / 1024);
    }
}
