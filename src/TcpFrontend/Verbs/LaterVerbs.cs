using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

// MEMW, SET_PRIORITY, GET_QUOTA, SET_QUOTA, AUTH and all of v2: known to the protocol, not carried out by this server.
//   ->  -ERR NOT_SUPPORTED      (BAD_HEADER is for words that are no verbs)
internal sealed class LaterVerbs : IVerb
{
    public IReadOnlyList<Verb> Handles { get; } =
    [
        Verb.Memw, Verb.SetPriority, Verb.GetQuota, Verb.SetQuota, Verb.Auth,
        Verb.Hello, Verb.Attach, Verb.Detach, Verb.Ps, Verb.Nodes, Verb.Send, Verb.Stop, Verb.Cont, Verb.Fork,
        Verb.Checkpoint, Verb.Restore, Verb.Migrate, Verb.Unload, Verb.Drain, Verb.Metrics,
    ];

    public ErrorCode FailureCode => ErrorCode.Internal;

    public Task<VerbReply> RunAsync(VerbCall call) => Task.FromResult(
        VerbReply.Error(ErrorCode.NotSupported, $"This server does not carry out {call.Verb.ToWire()}."));
}
