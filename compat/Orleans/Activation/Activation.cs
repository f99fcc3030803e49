using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>
/// One activation of a grain: takes requests, starts them in order as its turn rules allow, and answers them. Its start
/// and end are in <see cref="ActivationLife"/>.
/// </summary>
internal sealed class Activation : IGrainContext, IMessageHolder
{
    // After so many requests in a row the continuations of earlier ones get the scheduler.
    private const int RequestsPerTurn = 16;
    private static readonly Action<object?> PumpAction = static state => ((Activation)state!).Pump();
    private readonly Lock gate = new();
    private readonly TurnQueue turns;
    private readonly ActivationLife life;
    private readonly ActivationComponents components = new();
    private GrainReference? reference;
    private bool pumpQueued;
    private bool pumping;
    private ActivationState state;

    public Activation(SiloRuntime silo, GrainClass grainClass, GrainId grainId)
    {
        Silo = silo;
        Class = grainClass;
        Address = new GrainAddress
        {
            GrainId = grainId,
            ActivationId = ActivationId.NewId(),
            SiloAddress = silo.Address,
            MembershipVersion = silo.Network.Membership.Current.Version,
        };
        Scheduler = new ActivationTaskScheduler(this);
        turns = new TurnQueue(grainClass);
        Lifecycle = new LifecycleSubject(silo.Log);
        life = new ActivationLife(this);
        LastUse = Environment.TickCount64;
    }

    public SiloRuntime Silo { get; }

    public GrainClass Class { get; }

    public ActivationTaskScheduler Scheduler { get; }

    public LifecycleSubject Lifecycle { get; }

    public GrainAddress Address { get; }

    public GrainId GrainId => Address.GrainId;

    public ActivationId ActivationId => Address.ActivationId;

    public object? GrainInstance => life.Instance;

    public IServiceProvider ActivationServices => life.Scope?.ServiceProvider ?? Silo.Services;

    public IGrainLifecycle ObservableLifecycle => Lifecycle;

    public Task Deactivated => life.Ended;

    public GrainReference GrainReference =>
        reference ??= Silo.Caller.References.Create(GrainId, Class.MainInterface);

    /// <summary>When the grain was last used, in <see cref="Environment.TickCount64"/>.</summary>
    public long LastUse { get; private set; }

    /// <summary>Idle collection stays away until then.</summary>
    public long KeepUntil { get; set; }

    public ActivationState State
    {
        get
        {
            lock (gate)
                return state;
        }
    }

    /// <summary>True when nothing runs and nothing waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
                return state == ActivationState.Valid && turns is { Running: 0, Waiting: 0 };
        }
    }

    /// <summary>How many requests run or wait.</summary>
    public int Load
    {
        get
        {
            lock (gate)
                return turns.Running + turns.Waiting;
        }
    }

    /// <summary>Makes the instance and activates the grain, once.</summary>
    public void Start(Dictionary<string, object>? requestContext) => life.Start(requestContext);

    public void Receive(Message message)
    {
        message.TakenBy(this, Silo.Caller);
        bool gone;
        bool wake;
        lock (gate)
        {
            gone = state == ActivationState.Invalid;
            if (!gone)
                turns.Enqueue(message);
            wake = state == ActivationState.Valid && !pumpQueued && turns.MightStart(message);
            pumpQueued |= wake;
        }

        if (gone)
            Silo.Forward(message);
        else if (wake)
            Scheduler.Run(PumpAction, this);
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (state >= ActivationState.Deactivating)
                return;
            life.Reason = deactivationReason;
            if (state == ActivationState.Activating)
                return;
            state = ActivationState.Deactivating;
        }

        QueuePump();
    }

    /// <summary>The silo was killed: nothing of this activation runs again, and nobody is told.</summary>
    public void Kill()
    {
        lock (gate)
            state = ActivationState.Invalid;
        Scheduler.Kill();
        life.Abandon();
    }

    public void OnCancelled(Message message) =>
        Scheduler.Run(
            static s =>
            {
                var (self, message) = ((Activation, Message))s!;
                self.CancelHere(message);
            },
            (this, message));

    public object? GetTarget() => GrainInstance;

    public object? GetComponent(Type componentType) =>
        FindExtension(componentType) ?? (componentType.IsInstanceOfType(this) ? this : null);

    public void SetComponent<TComponent>(TComponent? value)
        where TComponent : class => components.Set(typeof(TComponent), value);

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => ActivationId.GetHashCode();

    public override string ToString() => $"[Activation: {Address} {Class.Type.Name} {State}]";

    /// <summary>
    /// Activation went well: requests are served from now on, or the end begins that was asked for meanwhile.
    /// </summary>
    internal void BecomeValid()
    {
        lock (gate)
            state = life.Reason is null ? ActivationState.Valid : ActivationState.Deactivating;
        Pump();
    }

    /// <summary>The end: returns the requests that wait.</summary>
    internal Message[] BecomeInvalid()
    {
        lock (gate)
        {
            state = ActivationState.Invalid;
            return turns.Drain();
        }
    }

    internal object? FindExtension(Type type) =>
        components.Find(type) ?? (type.IsInstanceOfType(GrainInstance) ? GrainInstance : null);

    private void QueuePump()
    {
        lock (gate)
        {
            if (pumpQueued)
                return;
            pumpQueued = true;
        }

        Scheduler.Run(PumpAction, this);
    }

    // Runs on the scheduler: starts what may start, and ends the activation when it is to end and nothing runs.
    private void Pump()
    {
        if (pumping)
            return;
        pumping = true;
        for (var i = 0; TryStartNext(out var message); i++)
        {
            _ = RequestTurn.RunAsync(this, message);
            if (i < RequestsPerTurn)
                continue;
            QueuePump();
            break;
        }

        pumping = false;
        lock (gate)
        {
            if (state != ActivationState.Deactivating || turns.Running > 0)
                return;
        }

        life.End();
    }

    private bool TryStartNext(out Message message)
    {
        lock (gate)
        {
            pumpQueued = false;
            message = state == ActivationState.Valid ? turns.StartNext()! : null!;
            return message is not null;
        }
    }

    /// <summary>A request has been answered; called on the scheduler.</summary>
    internal void Finish(Message message)
    {
        if (message.IsKeepAlive)
            LastUse = Environment.TickCount64;
        lock (gate)
            turns.Finish(message);
        Pump();
    }

    private void CancelHere(Message message)
    {
        bool removed;
        lock (gate)
            removed = turns.Remove(message);
        message.Cancel();
        if (removed)
            message.Respond(null, new OperationCanceledException());
    }
}
