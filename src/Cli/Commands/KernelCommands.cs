using System.CommandLine;
using System.Text.RegularExpressions;
using AgenticOS.Cli.Service;
using AgenticOS.Cli.Wire;
using AgenticOS.Protocol;

namespace AgenticOS.Cli.Commands;

/// <summary>Commands that are one call of the protocol: <c>models</c>, <c>status</c>, <c>kill</c>.</summary>
internal static partial class KernelCommands
{
    public static Command CreateModels(CommandContext context)
    {
        var command = Call(context, "models", "List the models of the cluster", Verb.ListModels);
        command.Add(Call(context, "load", "Load a model and select it", Verb.Load, "id"));
        command.Add(
            Call(context, "select", "Choose the model for processes without a model hint", Verb.SelectModel, "id"));
        command.Add(Call(context, "info", "All that is known of a model", Verb.ModelInfo, "id"));
        return command;
    }

    public static Command CreateStatus(CommandContext context)
    {
        var pid = new Argument<string?>("pid") { Arity = ArgumentArity.ZeroOrOne, Description = "One process" };
        var command = new Command("status", "What the service does, or one process") { pid };
        command.SetAction(async (parsed, cancellation) =>
        {
            var text = await CallAsync(context, parsed, Verb.Status, parsed.GetValue(pid) ?? "", cancellation);
            foreach (var pair in Pair().Split(text))
                await context.Out.WriteLineAsync(pair);
            return 0;
        });
        return command;
    }

    public static Command CreateKill(CommandContext context)
    {
        var pid = new Argument<string>("pid") { Description = "The process" };
        var gently = new Option<bool>("--term") { Description = "Let it finish the step it is in" };
        var command = new Command("kill", "End a process") { pid, gently };
        command.SetAction(async (parsed, cancellation) =>
        {
            var verb = parsed.GetValue(gently) ? Verb.Term : Verb.Kill;
            await context.Out.WriteLineAsync(
                await CallAsync(context, parsed, verb, parsed.GetValue(pid)!, cancellation));
            return 0;
        });
        return command;
    }

    private static Command Call(CommandContext context, string name, string says, Verb verb, string? argument = null)
    {
        var command = new Command(name, says);
        var payload = new Argument<string>(argument ?? "none");
        if (argument is not null) command.Add(payload);
        command.SetAction(async (parsed, cancellation) =>
        {
            var text = argument is null ? "" : parsed.GetValue(payload)!;
            await context.Out.WriteLineAsync((await CallAsync(context, parsed, verb, text, cancellation)).TrimEnd());
            return 0;
        });
        return command;
    }

    private static async Task<string> CallAsync(
        CommandContext context, ParseResult parsed, Verb verb, string payload, CancellationToken cancellation)
    {
        await using var connection = await KernelCalls.OpenAsync(
            context.AddressOf(parsed), context.AgentOf(parsed), cancellation);
        return (await connection.CallAsync(verb, payload, cancellation)).OrFail();
    }

    // A blank inside of a value is followed by no key.
    [GeneratedRegex(@" (?=[a-z_0-9]+=)")]
    private static partial Regex Pair();
}
