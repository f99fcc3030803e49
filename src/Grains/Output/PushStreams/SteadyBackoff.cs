using Orleans.Internal;
using Orleans.Runtime.Providers;

namespace AgenticOS.Grains.Output.PushStreams;

/// <summary>The same short pause before every further attempt of a delivery: a growing one was measured to hold up
/// healthy silos for seconds after another silo died.</summary>
internal sealed class SteadyBackoff : IMessageDeliveryBackoffProvider
{
    public TimeSpan Next(int attempt) => PushLimits.DeliveryBackoff;
}
