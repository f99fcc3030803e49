using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

// SET_GEN AGENT LEN\n<key=value separated by , or ;>  ->  +OK SET_GEN  temperature=0.5 top_p=1 seed=7 max_tokens=64
// GET_GEN AGENT LEN\n<ignored>                        ->  +OK GET_GEN  the same text
//   ->  -ERR SET_GEN_INVALID
internal sealed class GenerationVerbs : IVerb
{
    public IReadOnlyList<Verb> Handles { get; } = [Verb.SetGen, Verb.GetGen];

    public ErrorCode FailureCode => ErrorCode.Internal;

    public async Task<VerbReply> RunAsync(VerbCall call)
    {
        if (call.Verb == Verb.GetGen)
            return VerbReply.Ok(OkCode.GetGen, await call.Agent.GetGenerationAsync());
        if (!call.TryText(out var assignments, out var invalid))
            return invalid;
        var changed = await call.Agent.SetGenerationAsync(assignments);
        return changed.Refusal is { } refusal
            ? VerbReply.Refused(refusal, ErrorCode.SetGenInvalid)
            : VerbReply.Ok(OkCode.SetGen, changed.Settings);
    }
}
