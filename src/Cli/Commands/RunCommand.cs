using System.CommandLine;
using AgenticOS.Cli.Service;
using AgenticOS.Cli.Wire;
using AgenticOS.Protocol;

namespace AgenticOS.Cli.Commands;

/// <summary><c>run "PROMPT"</c> and <c>exec "PROMPT"</c>: one process, its output streamed to standard
/// output.</summary>
internal static class RunCommand
{
    /// <summary><c>run</c> starts a service when none is there; the process ends with this command.</summary>
    public static Command CreateRun(CommandContext context)
    {
        var settings = ServiceSettings.Create();
        var hints = new Hints();
        var prompt = Prompt();
        var command = new Command("run", "Ask once: start what is needed, stream the answer, exit") { prompt };
        hints.AddTo(command);
        settings.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var address = context.AddressOf(parsed);
            if (!await LocalService.AnswersAsync(address, cancellation))
                await context.Service(context.Error).StartAsync(address, settings.ToArguments(parsed), cancellation);
            var payload = "on_disconnect=kill;" + hints.ToText(parsed) + parsed.GetValue(prompt);
            return await StreamAsync(context, address, context.AgentOf(parsed), payload, cancellation);
        });
        return command;
    }

    /// <summary><c>exec</c> uses the service that is there; with <c>--detach</c> it prints the PID and
    /// leaves.</summary>
    public static Command CreateExec(CommandContext context)
    {
        var hints = new Hints();
        var prompt = Prompt();
        var detach = new Option<bool>("--detach", "-d") { Description = "Print the PID and leave the process running" };
        var command = new Command(
            "exec", "Start a process on a running service and stream its output") { prompt, detach };
        hints.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var payload = hints.ToText(parsed) + parsed.GetValue(prompt);
            return parsed.GetValue(detach)
                ? DetachAsync(context, context.AddressOf(parsed), context.AgentOf(parsed), payload, cancellation)
                : StreamAsync(context, context.AddressOf(parsed), context.AgentOf(parsed), payload, cancellation);
        });
        return command;
    }

    private static Argument<string> Prompt() => new("prompt") { Description = "What to say to the model" };

    private static async Task<int> StreamAsync(
        CommandContext context, Address address, string agent, string payload, CancellationToken cancellation)
    {
        await using var connection = await KernelCalls.OpenAsync(address, agent, cancellation);
        await using var output = Console.OpenStandardOutput();
        var execution = await connection.ExecAsync(payload, output.WriteAsync, cancellation);
        execution.Answer.OrFail();
        await output.WriteAsync("\n"u8.ToArray(), cancellation);
        var end = execution.End!;
        await context.Error.WriteLineAsync(
            $"[process {end.Pid} {end.Reason}: {end.Tokens} tokens in {end.ElapsedSeconds:0.00} s]");
        return end.Reason is "failed" or "node_lost" ? 1 : 0;
    }

    private static async Task<int> DetachAsync(
        CommandContext context, Address address, string agent, string payload, CancellationToken cancellation)
    {
        await using var connection = await KernelCalls.OpenAsync(address, agent, cancellation);
        var reply = (await connection.CallAsync(Verb.Exec, payload, cancellation)).OrFail();
        await context.Out.WriteLineAsync(reply[(reply.LastIndexOf(' ') + 1)..]);
        return 0;
    }

    /// <summary>EXEC hints as options.</summary>
    private sealed class Hints
    {
        private readonly (string Key, Option<string?> Option)[] _all =
        [
            ("model", new("--on") { Description = "Model to run on (default: the selected one)" }),
            ("temperature", new("--temperature", "-t") { Description = "0 to 2; 0 is greedy" }),
            ("top_p", new("--top-p") { Description = "0 to 1" }),
            ("seed", new("--seed") { Description = "Seed of the sampler" }),
            ("max_tokens", new("--max-tokens", "-n") { Description = "Most tokens to generate" }),
        ];

        public void AddTo(Command command)
        {
            foreach (var (_, option) in _all) command.Options.Add(option);
        }

        public string ToText(ParseResult parsed) => string.Concat(_all
            .Where(hint => parsed.GetValue(hint.Option) is not null)
            .Select(hint => $"{hint.Key}={parsed.GetValue(hint.Option)};"));
    }
}
