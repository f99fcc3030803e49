namespace Orleans.Streams;

/// <summary>Says which queues this silo reads. One per provider and silo.</summary>
public interface IStreamQueueBalancer
{
    /// <summary>Begins to follow the cluster.</summary>
    Task Initialize(IStreamQueueMapper queueMapper);

    /// <summary>Ends; the silo reads no queue any more.</summary>
    Task Shutdown();

    /// <summary>The queues that this silo reads now.</summary>
    IEnumerable<QueueId> GetMyQueues();

    /// <summary>Tells the listener when the answer changes; false when it was told already.</summary>
    bool SubscribeToQueueDistributionChangeEvents(IStreamQueueBalanceListener observer);

    /// <summary>Tells the listener no more; false when it was not told.</summary>
    bool UnSubscribeFromQueueDistributionChangeEvents(IStreamQueueBalanceListener observer);
}

/// <summary>Hears that the queues of a silo have changed.</summary>
public interface IStreamQueueBalanceListener
{
    /// <summary>Asks the balancer again.</summary>
    Task QueueDistributionChangeNotification();
}
