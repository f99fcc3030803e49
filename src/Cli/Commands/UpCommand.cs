using System.CommandLine;
using AgenticOS.Cli.Service;
using AgenticOS.Cli.Wire;
using AgenticOS.Protocol;

namespace AgenticOS.Cli.Commands;

/// <summary><c>up</c>: starts a silo and a frontend in the background and says what to type next.</summary>
internal static class UpCommand
{
    public static Command Create(CommandContext context)
    {
        var settings = ServiceSettings.Create();
        var command = new Command("up", "Start a silo and a frontend with a model loaded, in the background");
        settings.AddTo(command);
        command.SetAction((parsed, cancellation) =>
            RunAsync(context, context.AddressOf(parsed), settings.ToArguments(parsed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandContext context, Address address, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        if (await LocalService.AnswersAsync(address, cancellation))
        {
            await context.Out.WriteLineAsync($"AgenticOS is already running on {address}");
            return 0;
        }
        await context.Service(context.Out).StartAsync(address, arguments, cancellation);
        await context.Out.WriteLineAsync(await GreetingAsync(address, cancellation));
        return 0;
    }

    private static async Task<string> GreetingAsync(Address address, CancellationToken cancellation)
    {
        await using var connection = await KernelCalls.OpenAsync(address, "cli", cancellation);
        var models = (await connection.CallAsync(Verb.ListModels, "", cancellation)).Text;
        return $"""

            AgenticOS serves on {address}
            {models.Trim()}

            Try:
              ./agenticos run "Calcola 37*19"       one process, its answer streamed
              ./agenticos status                    what is running
              printf 'EXEC 1 13\nCalcola 37*19' | nc -q 5 {address.Host} {address.Port}
              ./agenticos stop                      end it all in order
            """;
    }
}
