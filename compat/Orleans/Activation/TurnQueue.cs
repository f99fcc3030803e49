namespace Orleans.Runtime;

/// <summary>
/// The requests of one activation: which wait, which run, and which may start now. One request at a time blocks the
/// others unless they may interleave with it. Not thread-safe: its activation locks.
/// </summary>
internal sealed class TurnQueue(GrainClass grainClass)
{
    private readonly List<Message> waiting = [];
    private readonly List<Message> reading = [];
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
            Block(message);
            return message;
        }

        return null;
    }

    public void Finish(Message message)
    {
        Running--;
        reading.Remove(message);
        if (ReferenceEquals(blocking, message))
            blocking = reading.FirstOrDefault();
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

    // Reads run together; the last of them to finish lets the others in.
    private void Block(Message message)
    {
        if (message.IsAlwaysInterleave || grainClass.IsReentrant)
            return;
        blocking ??= message;
        if (message.IsReadOnly)
            reading.Add(message);
    }

    private bool MayInterleave(Message message, Message other) =>
        message.IsAlwaysInterleave || grainClass.IsReentrant || (message.IsReadOnly && other.IsReadOnly);
}
