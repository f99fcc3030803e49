using AgenticOS.Grains.Output;
using AgenticOS.Grains.Output.PushStreams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace AgenticOS.Grains.Processes;

/// <summary>The first thing a silo does when it stops: it ends its processes and sees their ends off to the frontends,
/// while streams and frontends still work.</summary>
internal sealed partial class ProcessShutdown(
    ProcessTable table,
    OutputPublisher publisher,
    IServiceProvider services,
    TimeProvider time,
    ILogger<ProcessShutdown> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // No time is left for order: the silo is being torn down, as if it were killed.
        if (cancellationToken.IsCancellationRequested)
            return;
        using var patience = new CancellationTokenSource(OutputLimits.LastDelivery, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            table.Close();
            await UntilAsync(() => table.Count == 0, either.Token);
            await publisher.FlushAsync().WaitAsync(either.Token);
            var factory = services.GetRequiredKeyedService<IQueueAdapterFactory>(OutputStreams.Provider);
            await UntilAsync(() => ((PushAdapterFactory)factory).Outstanding == 0, either.Token);
        }
        catch (OperationCanceledException)
        {
            LogLastOutputUndelivered(table.Count);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task UntilAsync(Func<bool> isSo, CancellationToken cancellationToken)
    {
        while (!isSo())
            await Task.Delay(Look, time, cancellationToken);
    }
}
