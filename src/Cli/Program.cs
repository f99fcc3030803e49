using System.CommandLine;
using AgenticOS.Cli;
using AgenticOS.Cli.Commands;
using AgenticOS.Cli.Doctor;
using AgenticOS.Cli.Service;
using AgenticOS.Client;

var context = new CommandContext(Layout.Find(), Console.Out, Console.Error);
var root = new RootCommand("AgenticOS: an operating system whose processes are language models")
{
    context.AddressOption,
    context.AgentOption,
    UpCommand.Create(context),
    RunCommand.CreateRun(context),
    RunCommand.CreateExec(context),
    KernelCommands.CreateModels(context),
    KernelCommands.CreateStatus(context),
    KernelCommands.CreateKill(context),
    StopCommand.Create(context),
    DoctorCommand.Create(context),
};

try
{
    var parsed = root.Parse(args);
    if (parsed.Errors is [var error, ..])
        throw new Failure(error.Message.TrimEnd('.'), $"see ./agenticos {parsed.CommandResult.Command.Name} --help");
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Failure failure)
{
    await Console.Error.WriteLineAsync($"error: {failure.Message}");
    return 1;
}
catch (KernelUnreachableException broken)
{
    await Console.Error.WriteLineAsync($"error: {broken.Message}; see the log in .agenticos/standalone.log");
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
