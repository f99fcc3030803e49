using System.CommandLine;
using AgenticOS.Cli.Commands;

namespace AgenticOS.Cli.Doctor;

/// <summary><c>doctor</c>: what was found on this machine, and what to do about each problem.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("doctor", "Look at natives, devices, memory, ports and packages; say what to mend");
        command.SetAction(async (parsed, cancellation) =>
        {
            var findings = new List<Finding>();
            findings.AddRange(Machine.Look(context.Layout));
            findings.AddRange(Natives.Look(context.Layout));
            findings.AddRange(Models.Look(context.Layout));
            findings.Add(await Ports.LookAsync(context.AddressOf(parsed), cancellation));
            foreach (var finding in findings) await PrintAsync(context.Out, finding);
            var problems = findings.Count(finding => finding.Remedy is not null);
            await context.Out.WriteLineAsync(problems == 0 ? "all is well" : $"{problems} to mend");
            return problems == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task PrintAsync(TextWriter output, Finding finding)
    {
        await output.WriteLineAsync(
            $"{(finding.Remedy is null ? "ok  " : "MEND")} {finding.Subject,-10} {finding.Found}");
        if (finding.Remedy is not null) await output.WriteLineAsync($"{"",15} -> {finding.Remedy}");
    }
}
