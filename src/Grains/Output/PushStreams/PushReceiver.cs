using System.Threading.Channels;
using Orleans.Streams;

namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>Waits for batches instead of polling for them. Never throws: an empty list is the answer to a wait that
/// ended.</summary>
internal sealed class PushReceiver(ChannelReader<IBatchContainer> batches) : IQueueAdapterReceiver
{
    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) =>
        GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        var taken = new List<IBatchContainer>();
        if (!await SomethingWaitsAsync(cancellationToken))
            return taken;
        var limit = maxCount > 0 ? Math.Min(maxCount, PushLimits.TakenAtOnce) : PushLimits.TakenAtOnce;
        while (taken.Count < limit && batches.TryRead(out var batch))
            taken.Add(batch);
        return taken;
    }

    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;

    private async Task<bool> SomethingWaitsAsync(CancellationToken cancellationToken)
    {
        if (batches.TryPeek(out _))
            return true;
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(PushLimits.LongPoll);
        try
        {
            return await batches.WaitToReadAsync(wait.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
