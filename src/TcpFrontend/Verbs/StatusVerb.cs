using AgenticOS.Grains.Processes;
using AgenticOS.Kernel.Processes;
using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

// STATUS AGENT LEN\n<empty | PID>
//   ->  +OK STATUS  uptime_s=.. total_commands=.. ..      the frontend, the agent's processes, the cluster's memory
//   ->  +OK STATUS  pid=1 owner_id=1 state=Running tokens=73 index_pos=72 max_tokens=500 ..
//   ->  -ERR PID_NOT_FOUND | STATUS_INVALID
internal sealed class StatusVerb(CatalogReader catalog, StatusLine line) : IVerb
{
    public IReadOnlyList<Verb> Handles { get; } = [Verb.Status];

    public ErrorCode FailureCode => ErrorCode.Internal;

    public async Task<VerbReply> RunAsync(VerbCall call)
    {
        if (!call.TryText(out var text, out var invalid))
            return invalid;
        if (string.IsNullOrWhiteSpace(text))
            return VerbReply.Ok(OkCode.Status, await DescribeAllAsync(call));
        if (!Pid.TryParse(text, out var pid))
            return VerbReply.Error(ErrorCode.StatusInvalid, $"STATUS takes nothing or a PID, not '{text.Trim()}'.");
        return await call.Agent.StatusAsync(pid.Value) is { } status
            ? VerbReply.Ok(OkCode.Status, StatusLine.OfProcess(status))
            : VerbReply.Error(ErrorCode.PidNotFound, $"PID {pid} not found");
    }

    private async Task<string> DescribeAllAsync(VerbCall call)
    {
        var processes = call.Agent.ListAsync();
        var generation = call.Agent.GetGenerationAsync();
        var view = catalog.ReadAsync();
        return line.OfAll(await processes, await generation, await view);
    }
}
