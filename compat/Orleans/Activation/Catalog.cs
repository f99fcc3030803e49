using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>The activations of one silo.</summary>
internal sealed class Catalog(SiloRuntime silo)
{
    private readonly ConcurrentDictionary<GrainId, Activation> activations = new();
    private readonly ConcurrentDictionary<GrainId, StatelessWorkers> workers = new();
    private bool closed;

    public IEnumerable<Activation> All => activations.Values.Concat(workers.Values.SelectMany(w => w.All));

    public int Count => activations.Count + workers.Values.Sum(w => w.Count);

    /// <summary>The activation of a grain on this silo, if it has one.</summary>
    public Activation? Find(GrainId grainId) => activations.GetValueOrDefault(grainId);

    /// <summary>Gives a request to the grain's activation, which is made if need be.</summary>
    public void Receive(Message message, GrainClass grainClass)
    {
        if (grainClass.MaxLocalWorkers > 0)
        {
            var pool = workers.GetOrAdd(
                message.TargetGrain,
                static (id, a) => new StatelessWorkers(a.silo, a.grainClass, id),
                (silo, grainClass));
            pool.Receive(message);
            return;
        }

        if (activations.TryGetValue(message.TargetGrain, out var known))
        {
            known.Receive(message);
            return;
        }

        if (Volatile.Read(ref closed))
        {
            silo.Forward(message);
            return;
        }

        var fresh = new Activation(silo, grainClass, message.TargetGrain);
        var activation = activations.GetOrAdd(message.TargetGrain, fresh);
        // Received before the start, so that a start that fails fails the request that caused it.
        activation.Receive(message);
        if (ReferenceEquals(activation, fresh))
            fresh.Start(message.RequestContext);
    }

    public void Remove(Activation activation)
    {
        activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation));
        if (workers.TryGetValue(activation.GrainId, out var pool))
            pool.Remove(activation);
    }

    /// <summary>
    /// Deactivates what nobody used for its age, or for <paramref name="limit"/>; completes when that is done.
    /// </summary>
    public Task CollectIdle(TimeSpan? limit)
    {
        var now = Environment.TickCount64;
        var ends = new List<Task>();
        foreach (var activation in All)
        {
            var age = limit ?? activation.Class.CollectionAge ?? silo.Collection.CollectionAge;
            if (age == Timeout.InfiniteTimeSpan || now - activation.LastUse < age.TotalMilliseconds
                || activation.KeepUntil > now || !activation.IsIdle)
                continue;
            activation.Deactivate(
                new(DeactivationReasonCode.ActivationIdle, "Activation exceeded its idle age limit."));
            ends.Add(activation.Deactivated);
        }

        return Task.WhenAll(ends);
    }

    /// <summary>Takes no new activations and ends those there are.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref closed, true);
        while (!cancellationToken.IsCancellationRequested)
        {
            var all = All.ToArray();
            if (all.Length == 0)
                return;
            foreach (var activation in all)
                activation.Deactivate(
                    new(DeactivationReasonCode.ShuttingDown, "This process is terminating."), CancellationToken.None);
            await Task.WhenAll(all.Select(a => a.Deactivated)).WaitAsync(cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Forgets everything without a word.</summary>
    public void Kill()
    {
        Volatile.Write(ref closed, true);
        foreach (var activation in All)
            activation.Kill();
        activations.Clear();
        workers.Clear();
    }
}
