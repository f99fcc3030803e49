using AgenticOS.Kernel.Processes;
using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

// TERM AGENT LEN\n<PID>  ->  +OK TERM  Termination requested for PID N
// KILL AGENT LEN\n<PID>  ->  +OK KILL  Killed PID N
//   ->  -ERR MISSING_PID | INVALID_PID | PID_NOT_FOUND
internal sealed class SignalVerbs : IVerb
{
    public IReadOnlyList<Verb> Handles { get; } = [Verb.Term, Verb.Kill];

    public ErrorCode FailureCode => ErrorCode.Internal;

    public async Task<VerbReply> RunAsync(VerbCall call)
    {
        if (!call.TryText(out var text, out var invalid))
            return invalid;
        if (string.IsNullOrWhiteSpace(text))
            return VerbReply.Error(ErrorCode.MissingPid, $"{call.Verb.ToWire()} needs a PID.");
        if (!Pid.TryParse(text, out var pid))
            return VerbReply.Error(ErrorCode.InvalidPid, $"'{text.Trim()}' is no PID.");
        var signal = call.Verb == Verb.Term ? ProcessSignal.Terminate : ProcessSignal.Kill;
        if (!await call.Agent.SignalAsync(pid.Value, signal))
            return VerbReply.Error(ErrorCode.PidNotFound, $"PID {pid} not found");
        call.Services.Counters.Add(FrontendCount.Signals);
        return call.Verb == Verb.Term
            ? VerbReply.Ok(OkCode.Term, $"Termination requested for PID {pid}")
            : VerbReply.Ok(OkCode.Kill, $"Killed PID {pid}");
    }
}
