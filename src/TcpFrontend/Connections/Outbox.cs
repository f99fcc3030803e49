using System.Buffers;
using System.IO.Pipelines;
using AgenticOS.Protocol;
using AgenticOS.Protocol.Replies;

namespace AgenticOS.TcpFrontend.Connections;

/// <summary>Why a connection's output came to an end before the connection did.</summary>
internal enum OutboxFault
{
    /// <summary>The peer is gone.</summary>
    PeerGone,

    /// <summary>The reader stayed behind past the limit.</summary>
    SlowReader,
}

/// <summary>The one ordered writer of a connection. Anyone may append whole frames from any thread and never waits; one
/// flush runs at a time and takes all that has piled up. What is unsent is bounded: past the limit the output is broken
/// for good.</summary>
internal sealed class Outbox
{
    private const int StampsKept = 1024;
    private const int BufferKept = 64 << 10;

    private readonly Lock _gate = new();
    private readonly PipeWriter _output;
    private readonly FrontendServices _services;
    private readonly Action<OutboxFault> _onFault;
    private ArrayBufferWriter<byte> _pending = new();
    private ArrayBufferWriter<byte> _flying = new();
    private List<long> _pendingStamps = [];
    private List<long> _flyingStamps = [];
    private TaskCompletionSource? _drained;
    private bool _isFlushing;
    private bool _isBroken;
    private long _touchedBy;
    private long _lastWriteAt;

    /// <param name="output">The transport; completed by the owner.</param>
    /// <param name="services">Limits, clock and counters.</param>
    /// <param name="onFault">Told once, on the thread pool, that nothing more will be sent.</param>
    public Outbox(PipeWriter output, FrontendServices services, Action<OutboxFault> onFault)
    {
        _output = output;
        _services = services;
        _onFault = onFault;
        _lastWriteAt = services.Time.GetTimestamp();
    }

    /// <summary>How long ago the last frame was appended.</summary>
    public TimeSpan Silence => _services.Time.GetElapsedTime(Interlocked.Read(ref _lastWriteAt));

    /// <summary>Whether nothing more will be sent.</summary>
    public bool IsBroken
    {
        get
        {
            lock (_gate)
                return _isBroken;
        }
    }

    public void Ok(OkCode code, string payload) => Append(w => ReplyWriter.WriteOk(w, code, payload));

    public void Error(ErrorCode code, string message) => Append(w => ReplyWriter.WriteError(w, code, message));

    public void End(EndMarker marker) => Append(w => ReplyWriter.WriteEnd(w, marker));

    public void Heartbeat() => Append(ReplyWriter.WriteHeartbeat);

    /// <summary>Appends output, cut into frames between characters. Does not flush: see <see cref="Kick"/>.</summary>
    public void Data(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        bool isOver;
        lock (_gate)
        {
            while (!bytes.IsEmpty && !_isBroken)
            {
                var cut = TextPayload.CutBetweenCharacters(bytes, _services.Options.Protocol.FrameBytes);
                ReplyWriter.WriteData(_pending, bytes[..cut]);
                bytes = bytes[cut..];
            }

            isOver = IsOverLimit();
        }

        if (isOver)
            Break(OutboxFault.SlowReader);
    }

    /// <summary>True the first time it is asked about a batch, so that a batch kicks each connection once.</summary>
    public bool IsFirstTouchBy(long batch) => Interlocked.Exchange(ref _touchedBy, batch) != batch;

    /// <summary>Remembers when the frames just appended were emitted, to measure until their flush.</summary>
    public void Stamp(long emittedAt)
    {
        lock (_gate)
        {
            if (_pendingStamps.Count < StampsKept)
                _pendingStamps.Add(emittedAt);
        }
    }

    /// <summary>Sees to it that what was appended is sent. Returns at once.</summary>
    public void Kick()
    {
        lock (_gate)
        {
            if (_isFlushing || _isBroken)
                return;
            _isFlushing = true;
        }

        _ = FlushAllAsync();
    }

    /// <summary>Completes when everything appended was taken by the transport, or never will be.</summary>
    public Task DrainAsync()
    {
        Kick();
        lock (_gate)
        {
            if (!_isFlushing)
                return Task.CompletedTask;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    private void Append(Action<IBufferWriter<byte>> write)
    {
        bool isOver;
        lock (_gate)
        {
            if (_isBroken)
                return;
            write(_pending);
            isOver = IsOverLimit();
        }

        if (isOver)
            Break(OutboxFault.SlowReader);
    }

    private bool IsOverLimit()
    {
        Interlocked.Exchange(ref _lastWriteAt, _services.Time.GetTimestamp());
        return _pending.WrittenCount + _flying.WrittenCount > _services.Options.Limits.UnsentBytes;
    }

    /// <summary>Runs on the caller's thread until the transport pushes back.</summary>
    private async Task FlushAllAsync()
    {
        try
        {
            while (TryTakePending())
            {
                _output.Write(_flying.WrittenSpan);
                var result = await _output.FlushAsync();
                Landed();
                if (result.IsCompleted || result.IsCanceled)
                    Break(OutboxFault.PeerGone);
            }
        }
        catch (Exception failure)
        {
            _services.Log.OutputFailed(failure);
            Break(OutboxFault.PeerGone);
            Rest();
        }
    }

    /// <summary>Whether there is more and who flushes next are decided under one lock, or a frame appended in between
    /// would lie.</summary>
    private bool TryTakePending()
    {
        lock (_gate)
        {
            (_pendingStamps, _flyingStamps) = (_flyingStamps, _pendingStamps);
            if (_pending.WrittenCount > 0)
            {
                (_pending, _flying) = (_flying, _pending);
                return true;
            }

            RecordStamps();
            Rest();
            return false;
        }
    }

    private void Landed()
    {
        RecordStamps();
        lock (_gate)
        {
            if (_flying.Capacity > BufferKept)
                _flying = new ArrayBufferWriter<byte>();
            else
                _flying.ResetWrittenCount();
        }
    }

    private void RecordStamps()
    {
        foreach (var emittedAt in _flyingStamps)
        {
            var latency = _services.Time.GetElapsedTime(emittedAt);
            if (latency >= TimeSpan.Zero && latency < TimeSpan.FromMinutes(1))
                _services.Counters.EmitToSocket.Record((long)latency.TotalMicroseconds);
        }

        _flyingStamps.Clear();
    }

    private void Rest()
    {
        lock (_gate)
        {
            _isFlushing = false;
            _drained?.TrySetResult();
            _drained = null;
        }
    }

    private void Break(OutboxFault fault)
    {
        lock (_gate)
        {
            if (_isBroken)
                return;
            _isBroken = true;
            _pending = new ArrayBufferWriter<byte>();
            _pendingStamps.Clear();
        }

        ThreadPool.UnsafeQueueUserWorkItem(static s => s.Callback(s.Fault), (Callback: _onFault, Fault: fault), false);
    }
}
