using System.Collections.Concurrent;
using AgenticOS.Grains.Output;
using AgenticOS.TcpFrontend.Connections;

namespace AgenticOS.TcpFrontend.Output;

/// <summary>Brings each output item to the listener whose ticket it carries, and wakes each connection once per
/// batch.</summary>
internal sealed class OutputRouter(FrontendCounters counters)
{
    private readonly ConcurrentDictionary<long, ProcessListener> _listeners = new();
    private long _lastTicket;
    private long _lastBatch;

    /// <summary>A number that no other command of this frontend has.</summary>
    public long NextTicket() => Interlocked.Increment(ref _lastTicket);

    public void Add(ProcessListener listener) => _listeners[listener.Route.Ticket] = listener;

    public void Remove(ProcessListener listener) => _listeners.TryRemove(listener.Route.Ticket, out _);

    /// <summary>Writes a batch to the connections it is for. Never waits; safe from several threads at once.</summary>
    public void Dispatch(OutputBatch batch)
    {
        var number = Interlocked.Increment(ref _lastBatch);
        var touched = new List<Outbox>();
        foreach (ref readonly var item in batch.Items.AsSpan())
        {
            if (!_listeners.TryGetValue(item.Ticket, out var listener))
                counters.Add(FrontendCount.UnknownTickets);
            else if (listener.Accept(item) && listener.Outbox.IsFirstTouchBy(number))
                touched.Add(listener.Outbox);
        }

        foreach (var outbox in touched)
        {
            outbox.Stamp(batch.EmittedAt);
            outbox.Kick();
        }
    }
}
