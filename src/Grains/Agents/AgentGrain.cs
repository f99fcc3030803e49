using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Processes;
using AgenticOS.Kernel.Exec;
using AgenticOS.Kernel.Generation;
using AgenticOS.Kernel.Processes;
using AgenticOS.Kernel.Prompting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace AgenticOS.Grains.Agents;

/// <summary>One agent: its settings, and which processes are its own.</summary>
internal sealed partial class AgentGrain(
    [PersistentState("agent", KernelStorage.Name)] IPersistentState<AgentState> state,
    CatalogMirror mirror,
    PidPool pids,
    ILogger<AgentGrain> logger) : Grain, IAgentGrain
{
    /// <summary>How often an agent with processes looks whether they still live; it also keeps the agent itself
    /// alive.</summary>
    private static readonly TimeSpan RollCall = TimeSpan.FromMinutes(1);

    private readonly SortedSet<long> _living = [];
    private IGrainTimer? _rollCall;

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public async Task<ExecReply> ExecAsync(ExecRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var payload = ExecPayload.Parse(request.Payload);
        if (payload is not ExecReading.Read { Payload: var exec })
            return Refused("SPAWN_FAILED", ((ExecReading.Refused)payload).Error);
        var resolution = await ResolveAsync(exec.Hints);
        if (resolution is not ModelResolution.Loaded { Model: var model })
            return Refused("NO_MODEL", ((ModelResolution.None)resolution).Message);
        var settings = state.State.Change.Then(exec.Hints.Generation).ApplyTo(DefaultsOf(model));
        var pid = await pids.NextAsync(CancellationToken.None);
        var spec = new ProcessSpec(Name, model.Id, exec.Prompt, settings.ToString(), request.Route, Parent: 0);
        if (await StartAsync(pid, spec) is { } refusal)
            return new ExecReply(0, false, refusal);
        return new ExecReply(pid.Value, exec.Hints.OnDisconnect == DisconnectRule.Kill, null);
    }

    /// <inheritdoc/>
    public async Task<SettingsReply> SetGenerationAsync(string assignments)
    {
        if (!GenerationChange.TryParse(assignments, out var change, out var error))
            return new SettingsReply(Settings().ToString(), new Refusal("SET_GEN_INVALID", error));
        state.State.Change = state.State.Change.Then(change);
        await state.WriteStateAsync();
        return new SettingsReply(Settings().ToString(), null);
    }

    /// <inheritdoc/>
    public Task<string> GetGenerationAsync() => Task.FromResult(Settings().ToString());

    /// <inheritdoc/>
    public async Task<bool> SignalAsync(long pid, ProcessSignal signal) =>
        await OwnsAsync(pid) && await ProcessOf(pid).SignalAsync(signal);

    /// <inheritdoc/>
    public async Task<ProcessStatus?> StatusAsync(long pid)
    {
        if (pid <= 0)
            return null;
        var status = await ProcessOf(pid).StatusAsync();
        return status?.Agent == Name ? status : null;
    }

    /// <inheritdoc/>
    public async Task<ProcessStatus[]> ListAsync()
    {
        var asked = await Task.WhenAll(_living.ToArray().Select(StatusOrGoneAsync));
        return [.. asked.OfType<ProcessStatus>().Where(status => status.End is null)];
    }

    /// <inheritdoc/>
    public Task ProcessEndedAsync(long pid)
    {
        Strike(pid);
        return Task.CompletedTask;
    }

    private IProcessGrain ProcessOf(long pid) => GrainFactory.GetGrain<IProcessGrain>(pid);

    /// <summary>Resolves by the silo's mirror; what that does not know may have been loaded a moment ago.</summary>
    private async Task<ModelResolution> ResolveAsync(ExecHints hints)
    {
        var known = ModelResolution.Of(hints, mirror.View);
        if (known is ModelResolution.Loaded)
            return known;
        mirror.Take(await GrainFactory.GetGrain<ICatalogGrain>(0).ReadAsync());
        return ModelResolution.Of(hints, mirror.View);
    }

    private async Task<Refusal?> StartAsync(Pid pid, ProcessSpec spec)
    {
        // Entered first: the end of a short process may be told before its start was answered.
        Enter(pid.Value);
        RequestContext.Set(ProcessPlacement.ModelKey, spec.ModelId);
        try
        {
            var reply = await ProcessOf(pid.Value).StartAsync(spec);
            if (reply.Refusal is not null)
                Strike(pid.Value);
            return reply.Refusal;
        }
        catch (Exception cause) when (cause is OrleansException or TimeoutException)
        {
            LogSpawnFailed(pid, spec.Agent, spec.ModelId, cause);
            Strike(pid.Value);
            return new Refusal(
                "SPAWN_FAILED", $"No silo could start the process on model '{spec.ModelId}'; try again.");
        }
        finally
        {
            RequestContext.Remove(ProcessPlacement.ModelKey);
        }
    }

    private async Task<bool> OwnsAsync(long pid) => _living.Contains(pid) || await StatusAsync(pid) is not null;

    private async Task<ProcessStatus?> StatusOrGoneAsync(long pid)
    {
        try
        {
            var status = await ProcessOf(pid).StatusAsync();
            if (status is null || status.End is not null)
                Strike(pid);
            return status;
        }
        catch (Exception cause) when (cause is OrleansException or TimeoutException)
        {
            // Its silo is just going; the next look finds it gone.
            LogProcessSilent(pid, cause);
            return null;
        }
    }

    private void Enter(long pid)
    {
        _living.Add(pid);
        _rollCall ??= this.RegisterGrainTimer(
            static (agent, _) => agent.ListAsync(),
            this,
            new GrainTimerCreationOptions(RollCall, RollCall) { Interleave = true, KeepAlive = true });
    }

    private void Strike(long pid)
    {
        _living.Remove(pid);
        if (_living.Count > 0)
            return;
        _rollCall?.Dispose();
        _rollCall = null;
    }

    private GenerationSettings Settings()
    {
        var selected = Array.Find(mirror.View.Models, model => model.Id == mirror.View.Selected);
        return state.State.Change.ApplyTo(DefaultsOf(selected));
    }

    private static GenerationSettings DefaultsOf(ModelEntry? model) =>
        GenerationSettings.Default(PromptFamilies.FromWire(model?.Family));

    private static ExecReply Refused(string code, string message) => new(0, false, new Refusal(code, message));
}
