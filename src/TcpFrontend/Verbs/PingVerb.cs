using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

// PING AGENT LEN\n<ignored>  ->  +OK PING 4\r\nPONG
internal sealed class PingVerb : IVerb
{
    public IReadOnlyList<Verb> Handles { get; } = [Verb.Ping];

    public ErrorCode FailureCode => ErrorCode.Internal;

    public Task<VerbReply> RunAsync(VerbCall call) => Task.FromResult(VerbReply.Ok(OkCode.Ping, "PONG"));
}
