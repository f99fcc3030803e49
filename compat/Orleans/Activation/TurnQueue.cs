namespace Orleans.Runtime;

/// <summary>
/// The requests of one activation: which wait, which run, and which may start now. One request at a time blocks the
/// others unless they may interleave with it. Not thread-safe: its activation locks.
/// </summary>
internal sealed class TurnQueue(GrainClass grainClass)
{
    private readonly List<Message> waiting = [];
    private Message? blocking;

    public int Running { get; private set; }

    public int Waiting => waiting.Count;

    public void Enqueue(Message message) => waiting.Add(message);

    /// <summary>True when this message might start although another blocks, so that somebody should look.</summary>
    public bool MightStart(Message message) => blocking is null || MayInterleave(message, blocking);

    /// <summary>Takes the first request that may start and counts it as running.</summary>
    public Message? StartNext()
    {
        for (var i = 0; i < waiting.Count; i++)
        {
            var message = waiting[i];
            if (!MightStart(message))
                continue;
            waiting.RemoveAt(i);
            Running++;
            if (blocking is null && !message.IsAlwaysInterleave && !grainClass.IsReentrant)
                blocking = message;
            return message;
        }

        return null;
    }

    public void Finish(Message message)
    {
        Running--;
        if (ReferenceEquals(blocking, message))
            blocking = null;
    }

    /// <summary>Takes everything that waits.</summary>
    public Message[] Drain()
    {
        Message[] all = [.. waiting];
        waiting.Clear();
        return all;
    }

    /// <summary>Takes one message out if it has not started.</summary>
    public bool Remove(Message message) => waiting.Remove(message);

    private bool MayInterleave(Message message, Message other) =>
        message.IsAlwaysInterleave || grainClass.IsReentrant || (message.IsReadOnly && other.IsReadOnly);
}
