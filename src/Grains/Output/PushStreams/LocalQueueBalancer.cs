using Orleans.Streams;

namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>Each silo serves its own queue, always; there is nothing to balance.</summary>
internal sealed class LocalQueueBalancer(QueueId localQueue) : IStreamQueueBalancer
{
    public Task Initialize(IStreamQueueMapper queueMapper) => Task.CompletedTask;

    public Task Shutdown() => Task.CompletedTask;

    public IEnumerable<QueueId> GetMyQueues() => [localQueue];

    public bool SubscribeToQueueDistributionChangeEvents(IStreamQueueBalanceListener observer) => true;

    public bool UnSubscribeFromQueueDistributionChangeEvents(IStreamQueueBalanceListener observer) => true;
}
