using System.CommandLine;

namespace AgenticOS.Cli.Commands;

/// <summary>The settings of a service that <c>up</c> and <c>run</c> hand on to it as they are; it checks them
/// itself.</summary>
internal sealed class ServiceSettings
{
    private readonly Option<string?>[] _options;

    private ServiceSettings(Option<string?>[] options) => _options = options;

    public static ServiceSettings Create() => new(
    [
        new("--models") { Description = "Folders with GGUF models, separated by commas" },
        new("--model") { Description = "Id of the model to load at start" },
        new("--slots") { Description = "Processes that run at once" },
        new("--context") { Description = "Context of a process, in tokens" },
        new("--threads") { Description = "Threads of the inference engine" },
        new("--state") { Description = "Folder for workspaces and state" },
    ]);

    public void AddTo(Command command)
    {
        foreach (var option in _options) command.Options.Add(option);
    }

    public IReadOnlyList<string> ToArguments(ParseResult parsed)
    {
        var arguments = new List<string>();
        foreach (var option in _options)
        {
            if (parsed.GetValue(option) is not { } value) continue;
            arguments.Add(option.Name);
            arguments.Add(value);
        }
        return arguments;
    }
}
