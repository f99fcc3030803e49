using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Nodes;
using AgenticOS.Grains.Output;
using AgenticOS.Grains.Placement;
using AgenticOS.Inference;
using AgenticOS.Kernel.Generation;
using AgenticOS.Kernel.Processes;
using AgenticOS.Kernel.Prompting;
using AgenticOS.Kernel.Syscalls;
using AgenticOS.Sandbox;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace AgenticOS.Grains.Processes;

/// <summary>One process: its state machine and its system calls. What it says goes past it, from the engine to the
/// frontends; the grain hears of starts, calls and ends only.</summary>
[ModelPlacementFilter, LeastLoadedPlacement]
internal sealed partial class ProcessGrain(
    ModelHost models,
    ProcessTable table,
    ISyscallRunner runner,
    ILocalSiloDetails silo,
    IOptions<ProcessOptions> options,
    TimeProvider time,
    ILogger<ProcessGrain> logger) : Grain, IProcessGrain, IDisposable
{
    private readonly CancellationTokenSource _killed = new();
    private ProcessLife _life;
    private ProcessSpec? _spec;
    private GenerationSettings? _settings;
    private ProcessRuntime? _runtime;
    private SyscallDesk? _desk;
    private int _promptTokens;
    private int _calls;
    private bool _isTerminating;

    private Pid Pid => new(this.GetPrimaryKeyLong());

    /// <inheritdoc/>
    public Task<StartReply> StartAsync(ProcessSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        RequestContext.Clear();
        var refusal = Admit(spec);
        if (refusal is not null && _runtime is null)
            DeactivateOnIdle();
        return Task.FromResult(new StartReply(refusal));
    }

    /// <inheritdoc/>
    public Task<bool> SignalAsync(ProcessSignal signal)
    {
        if (_runtime is null)
            return Nothing(false);
        if (_life.IsEnded || _runtime.Log.End is not null)
            return Task.FromResult(false);
        if (signal == ProcessSignal.Terminate)
            Terminate(_runtime);
        else
            Kill(_runtime, signal == ProcessSignal.Hangup ? ProcessEndReason.Disconnected : ProcessEndReason.Killed);
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task<ProcessStatus?> StatusAsync()
    {
        if (_runtime is null || _spec is null)
            return Nothing<ProcessStatus?>(null);
        var end = _runtime.Log.End;
        return Task.FromResult<ProcessStatus?>(new ProcessStatus(
            Pid.Value,
            _spec.Agent,
            end is null ? _life.State : ProcessState.Ended,
            _spec.ModelId,
            silo.SiloAddress.ToParsableString(),
            _promptTokens,
            _runtime.Tokens,
            _settings!.MaxTokens,
            _runtime.Log.Length,
            _calls,
            _spec.Parent,
            end?.ElapsedSeconds ?? _runtime.Age.TotalSeconds,
            end));
    }

    /// <inheritdoc/>
    public Task<OutputSlice?> ReadOutputAsync(long from) =>
        _runtime is null ? Nothing<OutputSlice?>(null) : Task.FromResult(_runtime.Log.Read(from));

    /// <inheritdoc/>
    public Task UnlistenAsync(OutputRoute route)
    {
        if (_runtime is null)
            return Nothing(true);
        _runtime.Unlisten(route);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_runtime is not null && !_life.IsEnded)
            Kill(_runtime, ProcessEndReason.Shutdown);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _killed.Dispose();

    /// <summary>The answer of a PID that nothing runs under; its activation goes at once, so that asking for PIDs at
    /// random leaves nothing behind.</summary>
    private Task<T> Nothing<T>(T answer)
    {
        DeactivateOnIdle();
        return Task.FromResult(answer);
    }

    private Refusal? Admit(ProcessSpec spec)
    {
        if (_runtime is not null)
            return new Refusal("SPAWN_FAILED", $"PID {Pid} is taken.");
        if (table.IsClosed)
            return new Refusal("SPAWN_FAILED", "The silo is shutting down.");
        if (models.Find(spec.ModelId) is not { } model)
            return new Refusal("NO_MODEL", $"Model '{spec.ModelId}' is not loaded here; use LOAD.");
        _settings = GenerationSettings.Parse(spec.Generation);
        var runtime = new ProcessRuntime(Pid, spec.Route, model, time);
        var request = GenerationRequests.Of(model, spec.Prompt, _settings);
        switch (model.Engine.Submit(request, runtime))
        {
            case Submission.Accepted accepted:
                Begin(spec, runtime, accepted.Generation, model.Family);
                return null;
            case Submission.TooLong tooLong:
                return new Refusal("MEMORY_ADMISSION",
                    $"The prompt has {tooLong.PromptTokens} tokens; '{spec.ModelId}' has room for {tooLong.Limit}.");
            case Submission.QueueFull full:
                return new Refusal(
                    "BUSY", $"{full.Limit} processes wait for model '{spec.ModelId}' already; try again later.");
            default:
                return new Refusal("NO_MODEL", $"Model '{spec.ModelId}' is being stopped.");
        }
    }

    private void Begin(ProcessSpec spec, ProcessRuntime runtime, IGeneration generation, PromptFamily family)
    {
        (_spec, _runtime, _promptTokens) = (spec, runtime, generation.PromptTokens);
        _desk = new SyscallDesk(runner, new SyscallContext(spec.Agent, Pid.Value), family, time);
        runtime.Attach(generation);
        table.Add(Pid, runtime);
        Step(ProcessState.Ready);
        // A process lives as long as it runs, however quiet its grain is.
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        _ = LiveAsync(runtime);
    }

    /// <summary>Follows the process to its end, in turns of this grain.</summary>
    private async Task LiveAsync(ProcessRuntime runtime)
    {
        await foreach (var happened in runtime.Events.ReadAllAsync())
        {
            switch (happened)
            {
                case ProcessEvent.Started:
                    Step(ProcessState.Running);
                    break;
                case ProcessEvent.Called called:
                    await AnswerAsync(runtime, called.Call);
                    break;
                case ProcessEvent.Ended ended:
                    await FinishAsync(ended.End);
                    break;
            }
        }
    }

    private async Task AnswerAsync(ProcessRuntime runtime, Syscall call)
    {
        _calls++;
        Step(ProcessState.Waiting);
        var answer = await _desk!.AnswerAsync(call, _killed.Token);
        switch (answer)
        {
            case SyscallAnswer.Abuse abuse:
                LogAbuse(Pid, _spec!.Agent, abuse.Text);
                runtime.End(ProcessEndReason.SyscallAbuse);
                break;
            case SyscallAnswer.Broken broken:
                LogSyscallBroken(Pid, call.Name, broken.Cause);
                runtime.End(ProcessEndReason.Failed);
                break;
            case SyscallAnswer.Injected when _isTerminating:
                runtime.End(ProcessEndReason.Terminated);
                break;
            case SyscallAnswer.Injected injected:
                Step(ProcessState.Running);
                runtime.Resume(injected.Text);
                break;
        }
    }

    /// <summary>TERM is orderly: a system call that is under way comes to its end, the answer is not given any
    /// more.</summary>
    private void Terminate(ProcessRuntime runtime)
    {
        _isTerminating = true;
        if (_life.State != ProcessState.Waiting)
            runtime.End(ProcessEndReason.Terminated);
    }

    private void Kill(ProcessRuntime runtime, ProcessEndReason reason)
    {
        runtime.End(reason);
        _killed.Cancel();
    }

    private async Task FinishAsync(ProcessEnd end)
    {
        if (_life.End(end.Reason) is LifeStep.Taken over)
            _life = over.Life;
        table.Remove(Pid);
        LogEnded(Pid, _spec!.Agent, end.Reason, end.Tokens, end.ElapsedSeconds);
        this.RegisterGrainTimer(
            static (grain, _) => grain.LeaveAsync(),
            this,
            new GrainTimerCreationOptions(options.Value.Retention, Timeout.InfiniteTimeSpan));
        try
        {
            await GrainFactory.GetGrain<IAgentGrain>(_spec.Agent).ProcessEndedAsync(Pid.Value);
        }
        catch (Exception cause) when (cause is OrleansException or TimeoutException)
        {
            // The agent finds out by itself when it next lists its processes.
            LogAgentSilent(Pid, _spec.Agent, cause);
        }
    }

    private Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private void Step(ProcessState next) => _life = _life.MoveTo(next) switch
    {
        LifeStep.Taken taken => taken.Life,
        // Its end was signalled meanwhile; what still arrives from before changes nothing.
        LifeStep.AlreadyEnded => _life,
        var refused => throw new InvalidOperationException($"Process {Pid}: {refused}."),
    };
}
