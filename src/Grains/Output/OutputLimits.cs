namespace AgenticOS.Grains.Output;

/// <summary>Bounds of what a silo keeps and sends of its processes' output.</summary>
internal static class OutputLimits
{
    /// <summary>Steps that may wait for one frontend's stream; beyond it whole steps are dropped and counted, and the
    /// frontend fills the gap from the log.</summary>
    public const int WaitingSteps = 1024;

    /// <summary>Items in one batch, when steps are joined.</summary>
    public const int BatchItems = 4096;

    /// <summary>First and largest piece of memory that an output log takes at once, in bytes.</summary>
    public const int FirstChunk = 256, LargestChunk = 16 * 1024;

    /// <summary>A frontend that got nothing for this many steps of an engine is forgotten there; its next item brings
    /// it back.</summary>
    public const int IdleSteps = 1000;

    /// <summary>How long the loop of a frontend stays without anything to send.</summary>
    public static readonly TimeSpan IdlePublisher = TimeSpan.FromSeconds(30);

    /// <summary>How long a silo that stops waits for its last output to reach the frontends.</summary>
    public static readonly TimeSpan LastDelivery = TimeSpan.FromSeconds(3);
}
