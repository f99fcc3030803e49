namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>Bounds of the output streams on one silo.</summary>
internal static class PushLimits
{
    /// <summary>Batches between the publishers and the pulling agent; beyond it a publisher waits.</summary>
    public const int QueuedBatches = 1024;

    /// <summary>Batches that the pulling agent takes at once.</summary>
    public const int TakenAtOnce = 256;

    /// <summary>Batches that wait for one frontend; beyond it the oldest goes, and the frontend fills the gap from the
    /// log.</summary>
    public const int WaitingPerStream = 1024;

    /// <summary>How long the pulling agent waits for a batch before it looks around.</summary>
    public static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(1);

    /// <summary>How long one delivery may take before its batch is given up.</summary>
    public static readonly TimeSpan Delivery = TimeSpan.FromSeconds(10);

    /// <summary>Pause between two attempts of a delivery.</summary>
    public static readonly TimeSpan DeliveryBackoff = TimeSpan.FromMilliseconds(20);
}
