using AgenticOS.Grains.Output;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.TcpFrontend.Output;

/// <summary>The one subscription of this frontend: its output stream. Connected at start, because the first
/// subscription of a client is slow, and again whenever output is found that the stream did not bring.</summary>
internal sealed class OutputSubscription(
    IClusterClient cluster,
    OutputRouter router,
    FrontendOptions options,
    TimeProvider time,
    ILogger<OutputSubscription> log)
    : BackgroundService, IAsyncObserver<OutputBatch>
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _suspected = new(0, 1);
    private StreamSubscriptionHandle<OutputBatch>? _handle;
    private int _isSuspected;

    /// <summary>Completes once output can arrive.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Has the subscription checked soon. Never waits.</summary>
    public void Suspect()
    {
        if (Interlocked.Exchange(ref _isSuspected, 1) == 0)
            _suspected.Release();
    }

    /// <inheritdoc/>
    public Task OnNextAsync(OutputBatch item, StreamSequenceToken? token = null)
    {
        router.Dispatch(item);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnErrorAsync(Exception ex)
    {
        log.StreamFailed(ex, options.FrontendId);
        Suspect();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnCompletedAsync()
    {
        Suspect();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_handle is null)
            return;
        try
        {
            await _handle.UnsubscribeAsync().WaitAsync(TimeSpan.FromSeconds(2), time, cancellationToken);
        }
        catch (Exception failure)
        {
            log.UnsubscribeFailed(failure, options.FrontendId);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _suspected.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await EnsureAsync();
                _ready.TrySetResult();
                await _suspected.WaitAsync(stoppingToken);
                Volatile.Write(ref _isSuspected, 0);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.SubscribeFailed(failure, options.FrontendId);
                await Task.Delay(RetryAfter, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task EnsureAsync()
    {
        var id = StreamId.Create(OutputStreams.Namespace, options.FrontendId);
        var stream = cluster.GetStreamProvider(OutputStreams.Provider).GetStream<OutputBatch>(id);
        if (_handle is not null)
        {
            var handles = await stream.GetAllSubscriptionHandles();
            if (handles.Any(h => h.HandleId == _handle.HandleId))
                return;
            log.SubscriptionLost(options.FrontendId);
        }

        _handle = await stream.SubscribeAsync(this);
        log.Subscribed(options.FrontendId);
    }
}
