using AgenticOS.Grains;
using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Nodes;
using AgenticOS.Grains.Output;
using AgenticOS.Grains.Processes;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.TcpFrontend.Tests.Stage;

public sealed class ScriptedAgentGrain(Play play) : Grain, IAgentGrain
{
    private string _settings = "temperature=0.7 top_p=0.9 seed=299792458 max_tokens=500";

    public async Task<ExecReply> ExecAsync(ExecRequest request)
    {
        if (play.ExecAnswers.TryGetValue(request.Payload, out var answer))
            return await answer();
        var actor = play.Start(this.GetPrimaryKeyString(), request);
        return new ExecReply(actor.Pid, request.Payload.Contains("on_disconnect=kill;"), null);
    }

    public Task<SettingsReply> SetGenerationAsync(string assignments)
    {
        if (assignments == "nonsense")
            return Task.FromResult(new SettingsReply(_settings, new Refusal("SET_GEN_INVALID", "no setting")));
        _settings = assignments;
        return Task.FromResult(new SettingsReply(_settings, null));
    }

    public Task<string> GetGenerationAsync() => Task.FromResult(_settings);

    public Task<bool> SignalAsync(long pid, ProcessSignal signal)
    {
        var actor = play.Find(pid) is { } found && found.Agent == this.GetPrimaryKeyString() ? found : null;
        actor?.Signalled.TrySetResult(signal);
        return Task.FromResult(actor is not null);
    }

    public Task<ProcessStatus?> StatusAsync(long pid) =>
        Task.FromResult(play.Of(this.GetPrimaryKeyString()).Where(a => a.Pid == pid).Select(Describe).FirstOrDefault());

    public Task<ProcessStatus[]> ListAsync() =>
        Task.FromResult(play.Of(this.GetPrimaryKeyString()).Select(Describe).ToArray());

    public Task ProcessEndedAsync(long pid) => Task.CompletedTask;

    private static ProcessStatus Describe(Actor a) =>
        new(a.Pid, a.Agent, a.State, "tiny", "silo-1", 5, 73, 500, 10, 2, 0, 1.25, null);
}

public sealed class ScriptedProcessGrain(Play play) : Grain, IProcessGrain
{
    public Task<StartReply> StartAsync(ProcessSpec spec) => throw new NotSupportedException();

    public Task<bool> SignalAsync(ProcessSignal signal) => throw new NotSupportedException();

    public Task<ProcessStatus?> StatusAsync() => throw new NotSupportedException();

    public Task<OutputSlice?> ReadOutputAsync(long from) =>
        Task.FromResult(play.Find(this.GetPrimaryKeyLong())?.Read(from));

    public Task UnlistenAsync(OutputRoute route)
    {
        play.Find(this.GetPrimaryKeyLong())?.Unlistened.TrySetResult(route);
        return Task.CompletedTask;
    }
}

public sealed class ScriptedCatalogGrain(Play play) : Grain, ICatalogGrain
{
    public Task<CatalogNews> ReportAsync(NodeReport report, long knownVersion) => throw new NotSupportedException();

    public Task LeaveAsync(string node) => throw new NotSupportedException();

    public Task<CatalogView> ReadAsync() => Task.FromResult(play.Catalog);

    public Task<SelectReply> SelectAsync(string id)
    {
        var model = Array.Find(play.Catalog.Models, m => m.Id == id);
        var refusal = new Refusal("MODEL_NOT_FOUND", $"no model '{id}'");
        if (model is null)
            return Task.FromResult(new SelectReply(play.Catalog.Version, null, refusal));
        play.Catalog = play.Catalog with { Version = play.Catalog.Version + 1, Selected = id };
        return Task.FromResult(new SelectReply(play.Catalog.Version, model, null));
    }

    public Task<LoadReply> LoadAsync(string target, string[] nodes)
    {
        var wanted = target.Length == 0 ? play.Catalog.Selected : target;
        var model = Array.Find(play.Catalog.Models, m => m.Id == wanted || m.Path == wanted);
        return Task.FromResult(model is null
            ? new LoadReply(play.Catalog.Version, null, [], new Refusal("MODEL_SELECTOR", "which one?"))
            : new LoadReply(play.Catalog.Version, model, ["silo-1"], null));
    }
}

public sealed class ScriptedCatalogReaderGrain(Play play) : Grain, ICatalogReaderGrain
{
    public Task<CatalogView> ReadAsync(long minVersion)
    {
        play.CatalogReads.Enqueue(minVersion);
        return Task.FromResult(play.Catalog);
    }
}
