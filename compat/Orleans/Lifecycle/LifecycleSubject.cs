using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>
/// Starts its observers stage by stage upwards and stops them downwards. Within a stage all run at once. A start that
/// fails ends the start; a stop that fails is logged and the stop goes on.
/// </summary>
internal class LifecycleSubject(ILogger logger) : ILifecycleSubject, ISiloLifecycle, IGrainLifecycle
{
    private readonly Lock gate = new();
    private readonly List<Subscription> subscriptions = [];

    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        var subscription = new Subscription(this, observerName, stage, observer);
        lock (gate)
            subscriptions.Add(subscription);
        return subscription;
    }

    // Nothing moves here, so nobody is ever asked to hand over.
    public void AddMigrationParticipant(IGrainMigrationParticipant participant)
    {
    }

    public void RemoveMigrationParticipant(IGrainMigrationParticipant participant)
    {
    }

    public async Task OnStart(CancellationToken cancellationToken = default)
    {
        foreach (var stage in Stages())
        {
            if (cancellationToken.IsCancellationRequested)
                throw new OrleansLifecycleCanceledException("Lifecycle start canceled by request");
            await Task.WhenAll(stage.Select(s => s.Observer.OnStart(cancellationToken)));
            HighestCompletedStage = stage.Key;
        }
    }

    public async Task OnStop(CancellationToken cancellationToken = default)
    {
        foreach (var stage in Stages().AsEnumerable().Reverse().Where(s => s.Key <= HighestCompletedStage))
        {
            await Task.WhenAll(stage.Select(s => Stop(s, cancellationToken)));
            LowestStoppedStage = stage.Key;
        }
    }

    private async Task Stop(Subscription subscription, CancellationToken cancellationToken)
    {
        try
        {
            await subscription.Observer.OnStop(cancellationToken);
        }
        catch (Exception exception)
        {
            logger.LogWarning(
                exception, "Stopping {Observer} at stage {Stage} failed", subscription.Name, subscription.Stage);
        }
    }

    private List<IGrouping<int, Subscription>> Stages()
    {
        lock (gate)
            return [.. subscriptions.GroupBy(s => s.Stage).OrderBy(g => g.Key)];
    }

    private sealed record Subscription(LifecycleSubject Subject, string Name, int Stage, ILifecycleObserver Observer)
        : IDisposable
    {
        public void Dispose()
        {
            lock (Subject.gate)
                Subject.subscriptions.Remove(this);
        }
    }
}
