using AgenticOS.Grains.Output;
using AgenticOS.Grains.Processes;
using AgenticOS.Kernel.Processes;
using AgenticOS.Protocol.Replies;
using AgenticOS.TcpFrontend.Connections;

namespace AgenticOS.TcpFrontend.Output;

/// <summary>One EXEC that listens to its process. Writes each byte of output once and in order, and exactly one end
/// marker. Holds what comes before the EXEC is answered, reads what is missing from the process's log, and asks after a
/// process that is silent.</summary>
internal sealed class ProcessListener
{
    private readonly Lock _gate = new();
    private readonly FrontendServices _services;
    private readonly ListenerSet _owner;
    private readonly HeldItems _held;
    private readonly SilenceWatch _silence;
    private readonly long _startedAt;
    private OutputCursor _cursor;
    private State _state = State.Unanswered;

    public ProcessListener(FrontendServices services, ListenerSet owner, Outbox outbox, string agent)
    {
        _services = services;
        _owner = owner;
        _held = new HeldItems(services.Options.Limits.HeldBytes);
        Outbox = outbox;
        Agent = agent;
        Route = new OutputRoute(services.Options.FrontendId, services.Router.NextTicket());
        _silence = new SilenceWatch(services);
        _startedAt = services.Time.GetTimestamp();
    }

    private enum State
    {
        /// <summary>The EXEC is not answered: output is held.</summary>
        Unanswered,

        /// <summary>Output is written as it comes.</summary>
        Live,

        /// <summary>The log is being read: output is held.</summary>
        Reading,

        /// <summary>The client was told that nothing was started: a process that shows up all the same
        /// is ended.</summary>
        Abandoned,

        /// <summary>The end marker is written, or nobody listens any more.</summary>
        Over,
    }

    public OutputRoute Route { get; }

    public Outbox Outbox { get; }

    public string Agent { get; }

    /// <summary>0 until the EXEC is answered.</summary>
    public long Pid { get; private set; }

    /// <summary>Whether the process is to end when its client goes away.</summary>
    public bool KillOnDisconnect { get; private set; }

    /// <summary>The EXEC is answered: what was held may be written behind the answer.</summary>
    public void Open(long pid, bool killOnDisconnect)
    {
        lock (_gate)
        {
            Pid = pid;
            KillOnDisconnect = killOnDisconnect;
            if (_state == State.Unanswered)
                WriteHeld();
        }

        Outbox.Kick();
    }

    /// <summary>Nobody knows whether the EXEC started anything, and the client was told that it did not.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _state = State.Abandoned;
            if (_held.TryTake(out var item))
                EndUnwanted(item);
        }

        _owner.Remove(this);
        _services.Time.CreateTimer(
            static l => ((ProcessListener)l!).Close(), this, _services.Options.LostAfter, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes an item of the stream; true when something was written, which the caller must have
    /// flushed.</summary>
    public bool Accept(in OutputItem item)
    {
        lock (_gate)
        {
            _silence.Heard();
            if (_state == State.Live)
                return Write(item);
            if (_state == State.Abandoned)
                EndUnwanted(item);
            else if (_state != State.Over)
                _held.Add(item);
            return false;
        }
    }

    /// <summary>Asks the process what it has written when it was silent for long. Cheap when it was not.</summary>
    public void CheckSilence()
    {
        lock (_gate)
        {
            if (_state == State.Live && _silence.IsDue)
                ReadLog();
        }
    }

    /// <summary>Writes the end marker without the process: it is lost, or this frontend stops.</summary>
    public void End(ProcessEndReason reason)
    {
        lock (_gate)
        {
            var age = _services.Time.GetElapsedTime(_startedAt);
            if (_state != State.Over && Pid != 0)
                Outbox.End(new EndMarker(Pid, ProcessEndReasons.ToWire(reason), null, age.TotalSeconds));
            Close();
        }

        Outbox.Kick();
    }

    /// <summary>Nobody listens any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_state == State.Over)
                return;
            _state = State.Over;
            _held.Clear();
        }

        _services.Router.Remove(this);
        _owner.Remove(this);
    }

    private bool Write(in OutputItem item)
    {
        if (_cursor.IsGap(item.Offset))
        {
            _services.Counters.Add(FrontendCount.Gaps);
            _held.Add(item);
            ReadLog();
            return false;
        }

        return WritePiece(item.Offset, item.Bytes, item.End);
    }

    private bool WritePiece(long offset, ReadOnlyMemory<byte> bytes, ProcessEnd? end)
    {
        var fresh = _cursor.Take(offset, bytes);
        Outbox.Data(fresh.Span);
        if (end is null || !_cursor.IsAtEnd(offset + bytes.Length))
        {
            if (fresh.IsEmpty)
                _services.Counters.Add(FrontendCount.DuplicateItems);
            return !fresh.IsEmpty;
        }

        Outbox.End(new EndMarker(Pid, ProcessEndReasons.ToWire(end.Reason), end.Tokens, end.ElapsedSeconds));
        Close();
        return true;
    }

    private void EndUnwanted(in OutputItem item)
    {
        Pid = item.Pid;
        _services.Log.UnwantedProcess(Pid);
        _ = Farewell.EndAsync(this, ProcessSignal.Kill, _services);
        Close();
    }

    /// <summary>Writes what was held and goes live. What was let go, or a gap within, is read from the log.</summary>
    private void WriteHeld()
    {
        _state = State.Live;
        var isIncomplete = _held.IsIncomplete;
        while (_state == State.Live && _held.TryTake(out var item))
            Write(item);
        if (_state == State.Live)
            _held.Clear();
        if (_state == State.Live && isIncomplete)
            ReadLog();
    }

    private void ReadLog()
    {
        _state = State.Reading;
        _ = ReadLogAsync(_cursor.Next);
    }

    private async Task ReadLogAsync(long from)
    {
        try
        {
            var slice = await _services.Cluster.GetGrain<IProcessGrain>(Pid).ReadOutputAsync(from);
            if (slice is null || slice.Offset > from)
                Lose();
            else
                Accept(slice);
        }
        catch (Exception failure)
        {
            _services.Log.ProcessOutOfReach(failure, Pid);
            Retry();
        }

        _services.Counters.Add(FrontendCount.LogReads);
    }

    private void Accept(OutputSlice slice)
    {
        lock (_gate)
        {
            if (_state != State.Reading)
                return;
            var before = _cursor.Next;
            WritePiece(slice.Offset, slice.Bytes, slice.End);
            if (_state == State.Reading)
                GoOn(hasNews: _cursor.Next > before);
        }

        Outbox.Kick();
    }

    /// <summary>Without news the log is behind the stream, or the process is silent: held items would only ask again at
    /// once, so they are let go and the next item or the next check asks.</summary>
    private void GoOn(bool hasNews)
    {
        if (hasNews)
        {
            _silence.Heard();
            WriteHeld();
            _services.Subscription.Suspect();
            return;
        }

        _silence.NothingNew();
        _state = State.Live;
        while (_state == State.Live && _held.TryTake(out var item))
        {
            if (!_cursor.IsGap(item.Offset))
                WritePiece(item.Offset, item.Bytes, item.End);
        }

        _held.Clear();
    }

    private void Lose()
    {
        lock (_gate)
        {
            if (_state == State.Over)
                return;
        }

        _services.Log.ProcessLost(Pid);
        _services.Counters.Add(FrontendCount.LostProcesses);
        End(ProcessEndReason.NodeLost);
    }

    private void Retry()
    {
        lock (_gate)
        {
            if (_state != State.Reading)
                return;
            _held.Clear();
            _state = State.Live;
            if (!_silence.Unreachable())
                return;
        }

        Lose();
    }
}
