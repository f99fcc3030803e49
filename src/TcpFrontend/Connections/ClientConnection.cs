using System.Buffers;
using System.Net;
using AgenticOS.Kernel.Processes;
using AgenticOS.Protocol.Requests;
using AgenticOS.TcpFrontend.Output;
using AgenticOS.TcpFrontend.Verbs;
using Microsoft.AspNetCore.Connections;

namespace AgenticOS.TcpFrontend.Connections;

/// <summary>One client: reads its commands, runs them one after the other, answers in order, and listens to what it
/// started until both sides are done.</summary>
internal sealed class ClientConnection
{
    private readonly ConnectionContext _transport;
    private readonly FrontendServices _services;
    private readonly VerbTable _verbs;
    private readonly RequestReader _reader;
    private readonly TaskCompletionSource _interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isReadingDone;
    private volatile bool _isRunning;
    private volatile bool _isCutOff;
    private volatile bool _isStopping;
    private long _activeAt;

    public ClientConnection(ConnectionContext transport, FrontendServices services, VerbTable verbs)
    {
        _transport = transport;
        _services = services;
        _verbs = verbs;
        _reader = new RequestReader(services.Options.Protocol);
        _activeAt = services.Time.GetTimestamp();
        Outbox = new Outbox(transport.Transport.Output, services, CutOff);
    }

    public Outbox Outbox { get; }

    public ListenerSet Listeners { get; } = new();

    /// <summary>Where the client is, for logs.</summary>
    public string Peer => _transport.RemoteEndPoint?.ToString() ?? "unknown";

    /// <summary>Whether the client is on this machine.</summary>
    public bool IsLocal =>
        _transport.RemoteEndPoint is IPEndPoint peer && IPAddress.IsLoopback(
            peer.Address.IsIPv4MappedToIPv6 ? peer.Address.MapToIPv4() : peer.Address);

    /// <summary>Runs until the client is done and has all its output, or is gone. Throws nothing.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using var stop = stopping.UnsafeRegister(static self => ((ClientConnection)self!).Stop(), this);
        try
        {
            var mayLinger = await ReadCommandsAsync();
            _isReadingDone = true;
            await FinishProcessesAsync();
            await CloseAsync(mayLinger);
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            _services.Log.ConnectionReset(Peer, lost.Message);
        }
        catch (Exception failure)
        {
            _services.Log.ConnectionFailed(failure, Peer);
        }

        await LeaveProcessesAsync();
    }

    /// <summary>Listens to a process that is about to be started.</summary>
    public ProcessListener Listen(string agent)
    {
        var listener = new ProcessListener(_services, Listeners, Outbox, agent);
        Listeners.Add(listener);
        _services.Router.Add(listener);
        return listener;
    }

    /// <summary>Called several times a second: heartbeat, silent processes, idle time.</summary>
    public void Pulse()
    {
        var listeners = Listeners.Snapshot();
        foreach (var listener in listeners)
            listener.CheckSilence();
        var patience = _isReadingDone ? FrontendPulse.Period : _services.Options.Heartbeat;
        if (listeners.Length > 0 && Outbox.Silence >= patience && listeners.Any(l => l.Pid != 0))
        {
            _services.Counters.Add(FrontendCount.Heartbeats);
            Outbox.Heartbeat();
            Outbox.Kick();
        }

        var isIdle = listeners.Length == 0 && !_isRunning && !_isReadingDone
            && _services.Time.GetElapsedTime(Interlocked.Read(ref _activeAt)) >= _services.Options.Limits.IdleTime
            && Outbox.Silence >= _services.Options.Limits.IdleTime;
        if (!isIdle)
            return;
        _services.Log.IdleConnectionClosed(Peer);
        _services.Counters.Add(FrontendCount.IdleConnections);
        Interrupt();
    }

    /// <summary>True when the connection closes with bytes of the client unread.</summary>
    private async Task<bool> ReadCommandsAsync()
    {
        var input = _transport.Transport.Input;
        while (!_isReadingDone)
        {
            var read = await input.ReadAsync();
            Interlocked.Exchange(ref _activeAt, _services.Time.GetTimestamp());
            var (left, mustClose) = await RunCommandsAsync(read.Buffer);
            input.AdvanceTo(left.Start, left.End);
            if (mustClose)
                return true;
            _isReadingDone |= read.IsCompleted;
        }

        return false;
    }

    private async Task<(ReadOnlySequence<byte> Left, bool MustClose)> RunCommandsAsync(ReadOnlySequence<byte> buffer)
    {
        while (!_isReadingDone && _reader.TryRead(ref buffer, out var request))
        {
            _isRunning = true;
            await _verbs.RunAsync(this, request);
            _isRunning = false;
            Interlocked.Exchange(ref _activeAt, _services.Time.GetTimestamp());
            if (request.Fault.MustClose())
                return (buffer, true);
        }

        return (buffer, false);
    }

    /// <summary>A client that only listens any more gets its output to the end; a frontend that stops waits a
    /// little.</summary>
    private async Task FinishProcessesAsync()
    {
        if (!_isCutOff && !_isStopping)
            await Task.WhenAny(Listeners.WhenEmptyAsync(), _interrupted.Task);
        if (!_isStopping || _isCutOff)
            return;
        var grace = Task.Delay(_services.Options.StopGrace, _services.Time);
        await Task.WhenAny(Listeners.WhenEmptyAsync(), grace);
        var left = Listeners.Snapshot();
        foreach (var listener in left)
            listener.End(ProcessEndReason.Shutdown);
        await Task.WhenAll(left.Select(l => Farewell.UnlistenAsync(l, _services)));
    }

    private async Task CloseAsync(bool mayLinger)
    {
        if (_isCutOff)
            return;
        var limits = _services.Options.Limits;
        await Task.WhenAny(Outbox.DrainAsync(), Task.Delay(limits.CloseTime, _services.Time));
        if (mayLinger && !_isCutOff)
            await Farewell.LingerAsync(_transport.Transport.Input, limits.LingerTime, _services.Time);
        Farewell.AbortLater(_transport, limits.CloseTime, _services.Time);
    }

    private async Task LeaveProcessesAsync()
    {
        var left = Listeners.Snapshot();
        foreach (var listener in left)
            listener.Close();
        await Task.WhenAll(left.Select(l => Farewell.LeaveAsync(l, _services)));
    }

    private static bool IsLoss(Exception failure) =>
        failure is IOException or ConnectionAbortedException or OperationCanceledException;

    private void CutOff(OutboxFault fault)
    {
        _services.Log.OutputCutOff(Peer, fault);
        if (fault == OutboxFault.SlowReader)
            _services.Counters.Add(FrontendCount.SlowReaders);
        _isCutOff = true;
        Interrupt();
        _transport.Abort(new ConnectionAbortedException(fault.ToString()));
    }

    private void Stop()
    {
        _isStopping = true;
        Interrupt();
    }

    private void Interrupt()
    {
        _isReadingDone = true;
        _interrupted.TrySetResult();
        _transport.Transport.Input.CancelPendingRead();
    }
}
