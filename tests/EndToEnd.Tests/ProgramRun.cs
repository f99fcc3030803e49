using System.Diagnostics;

namespace AgenticOS.EndToEnd.Tests;

/// <summary>One finished run of a program.</summary>
/// <param name="ExitCode">Its exit status.</param>
/// <param name="Out">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record ProgramRun(int ExitCode, string Out, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task<ProgramRun> OfAsync(
        string program,
        IEnumerable<string> arguments,
        string input = "",
        params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Checkout.Root,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(limit.Token);
        return new ProgramRun(process.ExitCode, await output, await error);
    }

    /// <summary>The command line of this checkout, with its state in a folder of the test's own.</summary>
    public static Task<ProgramRun> OfCliAsync(string state, params string[] arguments) =>
        OfAsync("dotnet", [Checkout.Cli, .. arguments], "",
            ("AGENTICOS_ROOT", state), ("AGENTICOS_STANDALONE", Checkout.Standalone), ("AGENTICOS_NATIVES", Natives));

    private static string Natives =>
        Environment.GetEnvironmentVariable("AGENTICOS_NATIVES") ?? Path.Combine(Checkout.Root, ".agenticos", "natives");
}
