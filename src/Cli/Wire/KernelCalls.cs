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
        answer.Ok ? answer.Text : throw new Failure($"{answer.Code}: {answer.Text}", "see './agenticos --help'");
}
