using System.CommandLine;

namespace AgenticOS.Cli.Commands;

/// <summary><c>stop</c>: ends the service in order.</summary>
internal static class StopCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("stop", "End the running service in order");
        command.SetAction(async (parsed, cancellation) =>
        {
            var address = context.AddressOf(parsed);
            var stopped = await context.Service(context.Error).StopAsync(address, cancellation);
            await context.Out.WriteLineAsync(stopped ? "stopped" : $"nothing was running on {address}");
            return 0;
        });
        return command;
    }
}
