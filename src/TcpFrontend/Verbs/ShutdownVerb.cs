using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

// SHUTDOWN AGENT LEN\n<ignored>  ->  +OK SHUTDOWN  Shutting down.      and only then the host stops
//   ->  -ERR FORBIDDEN
internal sealed class ShutdownVerb(IShutdownRequest shutdown) : IVerb
{
    public IReadOnlyList<Verb> Handles { get; } = [Verb.Shutdown];

    public ErrorCode FailureCode => ErrorCode.Internal;

    public Task<VerbReply> RunAsync(VerbCall call)
    {
        var options = call.Services.Options;
        var connection = call.Connection;
        if (!options.AllowShutdown)
            return Refuse("SHUTDOWN is switched off on this server.");
        if (!options.AllowRemoteShutdown && !connection.IsLocal)
            return Refuse("SHUTDOWN is obeyed from the server's own machine only.");
        var services = call.Services;
        services.Log.ShutdownRequested(connection.Peer);
        return Task.FromResult(VerbReply.Ok(OkCode.Shutdown, "Shutting down.", async () =>
        {
            await Task.WhenAny(
                connection.Outbox.DrainAsync(), Task.Delay(options.Limits.CloseTime, services.Time));
            shutdown.Request();
        }));
    }

    private static Task<VerbReply> Refuse(string message) =>
        Task.FromResult(VerbReply.Error(ErrorCode.Forbidden, message));
}
