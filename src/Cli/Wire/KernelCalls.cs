using AgenticOS.Cli.Service;
using AgenticOS.Client;

namespace AgenticOS.Cli.Wire;

/// <summary>Calls on the kernel whose refusals become <see cref="Failure"/>s.</summary>
internal static class KernelCalls
{
    public static async Task<KernelConnection> OpenAsync(Address address, string agent, CancellationToken cancellation)
    {
        try
        {
            return await KernelConnection.ConnectAsync(address.Host, address.Port, agent, cancellation);
        }
        catch (KernelUnreachableException unreachable)
        {
            throw new Failure(unreachable.Message, "start the service with ./agenticos up");
        }
    }

    public static string OrFail(this Answer answer) =>
        answer.Ok ? answer.Text : throw new Failure($"{answer.Code}: {answer.Text.TrimEnd('.')}", Remedy(answer.Code));

    private static string Remedy(string code) => code switch
    {
        "NO_MODEL" or "MODEL_SELECTOR" or "MODEL_NOT_FOUND" or "LOAD_FAILED" or "MODEL_INFO" =>
            "./agenticos models lists them, ./agenticos models load ID loads one",
        "PID_NOT_FOUND" or "INVALID_PID" or "MISSING_PID" => "./agenticos status lists the processes of this agent",
        "BUSY" => "try again later",
        "MEMORY_ADMISSION" => "shorten the prompt, or start the service with a larger --context",
        _ => "./agenticos doctor looks for what is wrong",
    };
}
