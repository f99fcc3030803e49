namespace AgenticOS.Inference;

/// <summary>What other threads leave for the engine's thread, and the bell that wakes it.</summary>
internal sealed class Mailbox
{
    private readonly object _gate = new();
    private List<Generation> _arrived = [];
    private List<Generation> _attention = [];
    private volatile bool _rung;
    private volatile bool _closed;

    /// <summary>Whether the engine shall stop; nothing arrives any more.</summary>
    internal bool Closed => _closed;

    /// <summary>Leaves a new generation; false when the box is closed.</summary>
    internal bool Post(Generation generation)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            _arrived.Add(generation);
            Ring();
            return true;
        }
    }

    /// <summary>Asks the engine to look at a generation that was cancelled or resumed.</summary>
    internal void Attend(Generation generation)
    {
        lock (_gate)
        {
            _attention.Add(generation);
            Ring();
        }
    }

    /// <summary>Wakes the engine's thread without leaving anything.</summary>
    internal void Knock()
    {
        lock (_gate)
            Ring();
    }

    /// <summary>Lets nothing more in and wakes the engine's thread.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Ring();
        }
    }

    /// <summary>Takes everything out, by exchanging lists. Engine's thread only.</summary>
    internal void Collect(ref List<Generation> arrived, ref List<Generation> attention)
    {
        if (!_rung)
            return;
        lock (_gate)
        {
            (_arrived, arrived) = (arrived, _arrived);
            (_attention, attention) = (attention, _attention);
            _rung = false;
        }
    }

    /// <summary>Sleeps until something is left or the box is closed. Engine's thread only.</summary>
    internal void Wait()
    {
        lock (_gate)
            while (!_rung)
                Monitor.Wait(_gate);
    }

    private void Ring()
    {
        _rung = true;
        Monitor.Pulse(_gate);
    }
}
