using AgenticOS.Grains.Agents;
using AgenticOS.Protocol;
using AgenticOS.TcpFrontend.Output;

namespace AgenticOS.TcpFrontend.Verbs;

// EXEC AGENT LEN\n<key=value; hints, then the prompt>
//   ->  +OK GENERIC  Process Started PID: N      and then DATA frames up to the end marker
//   ->  -ERR NO_MODEL | SPAWN_FAILED | MEMORY_ADMISSION | BUSY
internal sealed class ExecVerb : IVerb
{
    public IReadOnlyList<Verb> Handles { get; } = [Verb.Exec];

    public ErrorCode FailureCode => ErrorCode.SpawnFailed;

    public async Task<VerbReply> RunAsync(VerbCall call)
    {
        if (!call.TryText(out var payload, out var invalid))
            return invalid;
        var services = call.Services;
        var limit = services.Options.Limits.ProcessesPerConnection;
        if (call.Connection.Listeners.Count >= limit)
            return VerbReply.Error(ErrorCode.Busy, $"This connection listens to {limit} processes; open another one.");
        await services.Subscription.Ready.WaitAsync(services.Options.StreamWait, services.Time);

        // The ticket is known before the PID is, so output can be on its way before the answer is.
        var listener = call.Connection.Listen(call.Request.Agent);
        var started = await StartAsync(call, listener, payload);
        if (started.Refusal is { } refusal)
            return VerbReply.Refused(refusal, ErrorCode.SpawnFailed);
        services.Counters.Add(FrontendCount.ExecStarted);
        return VerbReply.Ok(OkCode.Generic, $"Process Started PID: {started.Pid}", () =>
        {
            listener.Open(started.Pid, started.KillOnDisconnect);
            return Task.CompletedTask;
        });
    }

    private static async Task<ExecReply> StartAsync(VerbCall call, ProcessListener listener, string payload)
    {
        var isAnswered = false;
        try
        {
            var reply = await call.Agent.ExecAsync(new ExecRequest(payload, listener.Route, call.Connection.Peer));
            isAnswered = true;
            if (reply.Refusal is not null)
                listener.Close();
            return reply;
        }
        finally
        {
            if (!isAnswered)
                listener.Abandon();
        }
    }
}
