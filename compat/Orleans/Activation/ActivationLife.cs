using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>
/// The start and the end of one activation. At the start it registers itself in the directory; whoever loses the race
/// for the grain sends its requests to the winner. The rest is on its scheduler: the instance is made and activated.
/// </summary>
internal sealed class ActivationLife(Activation activation)
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Dictionary<string, object>? requestContext;
    private bool ending;
    private bool activated;

    public object? Instance { get; private set; }

    public AsyncServiceScope? Scope { get; private set; }

    public DeactivationReason? Reason { get; set; }

    public Task Ended => ended.Task;

    private SiloRuntime Silo => activation.Silo;

    public void Start(Dictionary<string, object>? context)
    {
        requestContext = context;
        // Registered at once, so that the requests after the first find the activation and keep their order.
        if (activation.Class.UsesDirectory && !Silo.Network.Directory.TryRegister(activation.Address, out _))
            activation.Scheduler.Run(static life => _ = ((ActivationLife)life!).CloseAsync(unregister: false), this);
        else
            activation.Scheduler.Run(static life => _ = ((ActivationLife)life!).StartAsync(), this);
    }

    /// <summary>Begins the end; once.</summary>
    public void End()
    {
        if (ending)
            return;
        ending = true;
        activation.Scheduler.Run(static life => _ = ((ActivationLife)life!).EndAsync(), this);
    }

    /// <summary>The silo was killed.</summary>
    public void Abandon() => ended.TrySetResult();

    private async Task StartAsync()
    {
        try
        {
            await ActivateAsync();
        }
        catch (Exception exception)
        {
            await FailAsync(exception);
            return;
        }

        activation.BecomeValid();
    }

    private async Task ActivateAsync()
    {
        Scope = Silo.Services.CreateAsyncScope();
        Scope.Value.ServiceProvider.GetRequiredService<ActivationSlot>().Activation = activation;
        Instance = activation.Class.Create(activation);
        if (Instance is ILifecycleParticipant<IGrainLifecycle> participant)
            participant.Participate(activation.Lifecycle);
        using var patience = new CancellationTokenSource(Silo.Collection.ActivationTimeout);
        RequestContext.Current = requestContext;
        await activation.Lifecycle.OnStart(patience.Token);
        if (Instance is IGrainBase grain)
            await grain.OnActivateAsync(patience.Token).WaitAsync(patience.Token);
        activated = true;
    }

    private async Task FailAsync(Exception exception)
    {
        Silo.Log.LogError(exception, "Error activating grain {Activation}", activation);
        Silo.Network.Directory.Unregister(activation.Address);
        Silo.Catalog.Remove(activation);
        foreach (var message in activation.BecomeInvalid())
            Silo.Caller.Respond(message, null, exception);
        await DisposeAsync();
        ended.TrySetResult();
    }

    private async Task EndAsync()
    {
        var reason = Reason ?? new(DeactivationReasonCode.None, "");
        using var patience = new CancellationTokenSource(Silo.Collection.DeactivationTimeout);
        try
        {
            activation.GetComponent<GrainTimers>()?.Dispose();
            if (activated && Instance is IGrainBase grain)
                await grain.OnDeactivateAsync(reason, patience.Token).WaitAsync(patience.Token);
        }
        catch (Exception exception)
        {
            Silo.Log.LogError(exception, "Error calling OnDeactivateAsync of {Activation}", activation);
        }

        await activation.Lifecycle.OnStop(patience.Token);
        await CloseAsync(unregister: true);
    }

    private async Task CloseAsync(bool unregister)
    {
        if (unregister)
            Silo.Network.Directory.Unregister(activation.Address);
        Silo.Catalog.Remove(activation);
        foreach (var message in activation.BecomeInvalid())
            Silo.Forward(message);
        await DisposeAsync();
        ended.TrySetResult();
    }

    private async Task DisposeAsync()
    {
        try
        {
            if (Instance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (Instance as IDisposable)?.Dispose();
            if (Scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            Silo.Log.LogWarning(exception, "Error disposing {Activation}", activation);
        }
    }
}

/// <summary>Lets services of an activation's scope ask which activation it is.</summary>
internal sealed class ActivationSlot
{
    public Activation? Activation { get; set; }
}
