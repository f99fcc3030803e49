using AgenticOS.Grains.Catalog;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace AgenticOS.Grains.Nodes;

/// <summary>Keeps the catalog and this silo in step: reports what the silo has every second and at once when that
/// changes, and puts what the catalog answers into the mirror.</summary>
internal sealed partial class NodeReporter(
    IGrainFactory grains,
    ILocalSiloDetails silo,
    ModelHost host,
    ModelFolders folders,
    CatalogMirror mirror,
    TimeProvider time,
    ILogger<NodeReporter> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly string _node = silo.SiloAddress.ToParsableString();
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private long _sequence;
    private bool _catalogIsSilent;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle)
    {
        ArgumentNullException.ThrowIfNull(lifecycle);
        lifecycle.Subscribe<NodeReporter>(ServiceLifecycleStage.Active, StartAsync, StopAsync);
    }

    /// <summary>What this silo has now, under a new sequence number.</summary>
    public NodeReport Measure()
    {
        var held = host.Held.ToArray();
        var onDisk = folders.Entries;
        // A model that is held stays in the catalog when its file goes.
        var gone = held.Select(model => model.Entry).Where(entry => !Array.Exists(onDisk, file => file.Id == entry.Id));
        return new NodeReport(
            _node,
            silo.Name,
            Interlocked.Increment(ref _sequence),
            host.Devices(),
            [.. onDisk.Concat(gone).OrderBy(entry => entry.Id, StringComparer.Ordinal)],
            [.. held.Select(model => model.Report()).OrderBy(model => model.ModelId, StringComparer.Ordinal)]);
    }

    /// <summary>Looks through the folders and reports when something came or went.</summary>
    public async Task ReportIfFilesChangedAsync()
    {
        if (await folders.ScanAsync(_stop.Token))
            await ReportAsync();
    }

    /// <summary>Reports now and takes the answer into the mirror.</summary>
    public async Task ReportAsync() =>
        mirror.Take(await grains.GetGrain<ICatalogGrain>(0).ReportAsync(Measure(), mirror.View.Version));

    /// <inheritdoc/>
    public void Dispose()
    {
        host.Changed -= Wake;
        _stop.Dispose();
        _changed.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        // The sequence goes on from the clock, so that a silo that comes back under its old address is believed.
        _sequence = time.GetUtcNow().UtcTicks;
        await folders.ScanAsync(cancellationToken);
        host.Changed += Wake;
        // The catalog knows this silo before anything is asked of it.
        await TryReportAsync();
        _loop = Task.Run(RunAsync, CancellationToken.None);
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _loop;
        try
        {
            await grains.GetGrain<ICatalogGrain>(0).LeaveAsync(_node).WaitAsync(cancellationToken);
        }
        catch (Exception cause) when (cause is OrleansException or TimeoutException or OperationCanceledException)
        {
            LogLeftWithoutWord(cause);
        }
    }

    private async Task RunAsync()
    {
        var scannedAt = time.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            await TryReportAsync();
            await PauseAsync();
            if (time.GetElapsedTime(scannedAt) < CatalogLimits.ScanPeriod || _stop.IsCancellationRequested)
                continue;
            await folders.ScanAsync(CancellationToken.None);
            scannedAt = time.GetTimestamp();
        }
    }

    private async Task TryReportAsync()
    {
        try
        {
            await ReportAsync();
            _catalogIsSilent = false;
        }
        catch (Exception cause)
        {
            // The outermost catch of the reporter's loop: the catalog may be moving between silos; the next second
            // tells.
            if (!_catalogIsSilent)
                LogCatalogSilent(cause);
            _catalogIsSilent = true;
        }
    }

    private async Task PauseAsync()
    {
        using var period = new CancellationTokenSource(CatalogLimits.ReportPeriod, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(period.Token, _stop.Token);
        try
        {
            await _changed.WaitAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // The second is over, or the silo stops.
        }
    }

    private void Wake()
    {
        if (_changed.CurrentCount == 0)
            _changed.Release();
    }
}
