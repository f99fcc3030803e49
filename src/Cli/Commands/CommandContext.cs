using System.CommandLine;
using AgenticOS.Cli.Service;

namespace AgenticOS.Cli.Commands;

/// <summary>What every command needs: where things lie, where to write, and the address that was asked for.</summary>
internal sealed class CommandContext(Layout layout, TextWriter output, TextWriter error)
{
    public Layout Layout => layout;

    /// <summary>Results.</summary>
    public TextWriter Out => output;

    /// <summary>Progress and remarks that must not mix with results.</summary>
    public TextWriter Error => error;

    /// <summary>The option that every command takes.</summary>
    public Option<string> AddressOption { get; } = new("--address", "-a", "--listen")
    {
        Description = "Frontend to talk to (default 127.0.0.1:6380, or AGENTICOS_ADDRESS)",
        Recursive = true,
        DefaultValueFactory = _ =>
            Environment.GetEnvironmentVariable("AGENTICOS_ADDRESS") ?? Address.Default.ToString(),
    };

    /// <summary>The agent that commands speak as.</summary>
    public Option<string> AgentOption { get; } = new("--agent")
    {
        Description = "Agent to speak as: it owns the processes it starts and sees only its own",
        Recursive = true,
        DefaultValueFactory = _ => "cli",
    };

    public Address AddressOf(ParseResult parsed) => Address.Parse(parsed.GetValue(AddressOption)!);

    public string AgentOf(ParseResult parsed) => parsed.GetValue(AgentOption)!;

    public LocalService Service(TextWriter progress) => new(layout, progress);
}
