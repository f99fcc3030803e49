namespace Orleans.Internal
{
    /// <summary>Says how long to wait before the next attempt.</summary>
    public interface IBackoffProvider
    {
        /// <summary>The wait after this many attempts.</summary>
        TimeSpan Next(int attempt);
    }
}

namespace Orleans.Runtime.Providers
{
    using Orleans.Internal;

    /// <summary>
    /// Says how long to wait before an event is delivered again. Registered under the stream provider's name.
    /// </summary>
    public interface IMessageDeliveryBackoffProvider : IBackoffProvider;

    /// <summary>Says how long to wait before a queue that failed is read again.</summary>
    public interface IQueueReaderBackoffProvider : IBackoffProvider;
}
