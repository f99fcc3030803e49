using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>
/// Reads one queue into a cache and delivers from it, each subscription at its own pace and in order. Everything runs
/// on the agent's own scheduler, one step at a time, so that caches need no locks. From the receiver's answer to the
/// subscriber there is no timer.
/// </summary>
internal sealed class PullingAgent
{
    private readonly TaskFactory _turns;
    private readonly PullingAgentParts _parts;
    private readonly CancellationTokenSource _stopping;
    private readonly Dictionary<StreamId, DeliveredStream> _streams = [];
    private readonly StreamDelivery _delivery;
    private Task _running = Task.CompletedTask;
    private DateTimeOffset _lastSweep;

    public PullingAgent(PullingAgentParts parts, SiloRuntime silo)
    {
        _parts = parts;
        _turns = new TaskFactory(new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(silo.Stopping);
        _delivery = new StreamDelivery(parts, silo.Caller, _stopping.Token);
        _lastSweep = parts.Time.GetUtcNow();
    }

    /// <summary>Begins to read.</summary>
    public void Start()
    {
        using var noFlow = ExecutionContext.SuppressFlow();
        _running = _turns.StartNew(RunAsync).Unwrap();
    }

    /// <summary>Ends reading and delivering; what the cache holds is given up.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _turns.StartNew(CloseAsync).Unwrap();
        _stopping.Dispose();
    }

    /// <summary>
    /// A subscription of a stream that this agent may deliver has begun: when this returns, no event read from then on
    /// passes it by.
    /// </summary>
    public Task AddSubscriber(StreamId streamId, StreamSubscriptionRecord subscription) => _turns.StartNew(() =>
    {
        // A stream that is not known here asks for its subscriptions with its first event.
        if (!_stopping.IsCancellationRequested && _streams.TryGetValue(streamId, out var stream))
            _ = _delivery.SubscribeAsync(stream, subscription, null);
    });

    /// <summary>A subscription has ended.</summary>
    public Task RemoveSubscriber(StreamId streamId, Guid subscriptionId) => _turns.StartNew(() =>
    {
        if (_streams.TryGetValue(streamId, out var stream))
            stream.Remove(subscriptionId);
    });

    private async Task RunAsync()
    {
        await InitializeAsync();
        var failures = 0;
        while (!_stopping.IsCancellationRequested)
        {
            var started = _parts.Time.GetTimestamp();
            var pause = TimeSpan.Zero;
            try
            {
                var hasMore = await ReadAsync(_stopping.Token);
                failures = 0;
                if (!hasMore && _parts.Time.GetElapsedTime(started) < _parts.Options.GetQueueMsgsTimerPeriod)
                    pause = _parts.Options.GetQueueMsgsTimerPeriod;
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                _parts.Log.LogWarning(exception, "Reading queue {Queue} failed", _parts.Queue);
                pause = _parts.ReaderBackoff.Next(failures++);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(pause, _parts.Time, _stopping.Token)
                .ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task InitializeAsync()
    {
        try
        {
            await _parts.Receiver.Initialize(_parts.Options.InitQueueTimeout);
        }
        catch (Exception exception)
        {
            // Reading will show whether it matters; a receiver may begin again by itself.
            _parts.Log.LogError(exception, "The receiver of queue {Queue} failed to initialize", _parts.Queue);
        }
    }

    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        ForgetQuietStreams();
        if (_parts.Cache.TryPurgeFromCache(out var purged))
            await _parts.Receiver.MessagesDeliveredAsync(purged, cancellationToken);
        var room = _parts.Cache.GetMaxAddCount();
        if (_parts.Cache.IsUnderPressure() || (room <= 0 && room != QueueAdapterConstants.UNLIMITED_GET_QUEUE_MSG))
            return false;
        var messages = await _parts.Receiver.GetQueueMessagesAsync(room, cancellationToken);
        if (messages is not { Count: > 0 } || cancellationToken.IsCancellationRequested)
            return false;
        _parts.Cache.AddToCache(messages);
        List<Task>? registrations = null;
        foreach (var group in messages.GroupBy(m => m.StreamId))
        {
            var first = group.First().SequenceToken;
            if (_streams.TryGetValue(group.Key, out var stream))
                _delivery.Wake(stream, first, _parts.Time.GetUtcNow());
            else
                (registrations ??= []).Add(RegisterAsync(group.Key, first));
        }

        // A first event stays in the cache until the stream's subscriptions are known.
        if (registrations is not null)
            await Task.WhenAll(registrations);
        return true;
    }

    private async Task RegisterAsync(StreamId streamId, StreamSequenceToken first)
    {
        var stream = new DeliveredStream(streamId, _parts.Time.GetUtcNow());
        _streams.Add(streamId, stream);
        using var pin = _parts.Cache.GetCacheCursor(streamId, first);
        var subscriptions = await _delivery.RetryForeverAsync(
            () => _parts.Provider.PubSub.For(streamId).RegisterProducer(streamId, _parts.Address));
        if (subscriptions is not null)
            await Task.WhenAll(subscriptions.Select(s => _delivery.SubscribeAsync(stream, s, first)));
    }

    private void ForgetQuietStreams()
    {
        var now = _parts.Time.GetUtcNow();
        if (now - _lastSweep < _parts.Options.StreamInactivityPeriod / 10)
            return;
        _lastSweep = now;
        var limit = now - _parts.Options.StreamInactivityPeriod;
        foreach (var stream in _streams.Values.Where(s => s.LastActivity < limit).ToList())
        {
            _streams.Remove(stream.Id);
            stream.Clear();
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            await _parts.Receiver.Shutdown(_parts.Options.InitQueueTimeout);
        }
        catch (Exception exception)
        {
            _parts.Log.LogWarning(exception, "The receiver of queue {Queue} failed to shut down", _parts.Queue);
        }

        foreach (var stream in _streams.Values)
            stream.Clear();
        _streams.Clear();
    }
}
