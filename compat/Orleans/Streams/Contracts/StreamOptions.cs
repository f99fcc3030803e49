using Orleans.Streams;

namespace Orleans.Streams
{
    /// <summary>Where subscriptions come from.</summary>
    public enum StreamPubSubType
    {
        /// <summary>From calls and from attributes of grain classes; the stand-in knows calls only.</summary>
        ExplicitGrainBasedAndImplicit,

        /// <summary>From calls.</summary>
        ExplicitGrainBasedOnly,

        /// <summary>From attributes of grain classes.</summary>
        ImplicitOnly,
    }
}

namespace Orleans.Configuration
{
    /// <summary>Where the subscriptions of a provider come from.</summary>
    public class StreamPubSubOptions
    {
        /// <summary>The usual kind.</summary>
        public const StreamPubSubType DEFAULT_STREAM_PUBSUB_TYPE = StreamPubSubType.ExplicitGrainBasedAndImplicit;

        /// <summary>The kind in use.</summary>
        public StreamPubSubType PubSubType { get; set; } = DEFAULT_STREAM_PUBSUB_TYPE;
    }

    /// <summary>When a provider begins.</summary>
    public class StreamLifecycleOptions
    {
        /// <summary>The usual stage at which the way to the queues is made.</summary>
        public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;

        /// <summary>The usual stage at which agents begin to read.</summary>
        public const int DEFAULT_START_STAGE = ServiceLifecycleStage.Active;

        /// <summary>The stage at which the way to the queues is made.</summary>
        public int InitStage { get; set; } = DEFAULT_INIT_STAGE;

        /// <summary>The stage at which agents begin to read.</summary>
        public int StartStage { get; set; } = DEFAULT_START_STAGE;
    }

    /// <summary>How the agents of a provider read and deliver.</summary>
    public class StreamPullingAgentOptions
    {
        /// <summary>The usual number of batches delivered together.</summary>
        public static readonly int DEFAULT_BATCH_CONTAINER_BATCH_SIZE = 1;

        /// <summary>The usual pause after an empty queue.</summary>
        public static readonly TimeSpan DEFAULT_GET_QUEUE_MESSAGES_TIMER_PERIOD = TimeSpan.FromMilliseconds(100);

        /// <summary>The usual time for a receiver to begin.</summary>
        public static readonly TimeSpan DEFAULT_INIT_QUEUE_TIMEOUT = TimeSpan.FromSeconds(5);

        /// <summary>The usual patience with an event that cannot be delivered.</summary>
        public static readonly TimeSpan DEFAULT_MAX_EVENT_DELIVERY_TIME = TimeSpan.FromMinutes(1);

        /// <summary>The usual time after which a quiet stream is forgotten.</summary>
        public static readonly TimeSpan DEFAULT_STREAM_INACTIVITY_PERIOD = TimeSpan.FromMinutes(30);

        /// <summary>How many batches are delivered together.</summary>
        public int BatchContainerBatchSize { get; set; } = DEFAULT_BATCH_CONTAINER_BATCH_SIZE;

        /// <summary>
        /// The pause after an empty queue. A receiver that waited at least as long is read again at once.
        /// </summary>
        public TimeSpan GetQueueMsgsTimerPeriod { get; set; } = DEFAULT_GET_QUEUE_MESSAGES_TIMER_PERIOD;

        /// <summary>The time for a receiver to begin and to end.</summary>
        public TimeSpan InitQueueTimeout { get; set; } = DEFAULT_INIT_QUEUE_TIMEOUT;

        /// <summary>How long an event that fails is tried again before it is given up.</summary>
        public TimeSpan MaxEventDeliveryTime { get; set; } = DEFAULT_MAX_EVENT_DELIVERY_TIME;

        /// <summary>
        /// After how long a quiet stream is forgotten; its next event asks for the subscriptions again.
        /// </summary>
        public TimeSpan StreamInactivityPeriod { get; set; } = DEFAULT_STREAM_INACTIVITY_PERIOD;
    }

    /// <summary>Over how many queues the streams of a provider are spread.</summary>
    public class HashRingStreamQueueMapperOptions
    {
        /// <summary>The usual number.</summary>
        public const int DEFAULT_NUM_QUEUES = 8;

        /// <summary>The number in use.</summary>
        public int TotalQueueCount { get; set; } = DEFAULT_NUM_QUEUES;
    }
}
