using AgenticOS.TcpFrontend.Output;
using Microsoft.Extensions.Logging;

namespace AgenticOS.TcpFrontend;

/// <summary>What every part of a frontend works with.</summary>
/// <param name="Options">How it is set up.</param>
/// <param name="Cluster">The way to the grains.</param>
/// <param name="Time">The clock.</param>
/// <param name="Counters">What it did.</param>
/// <param name="Router">Where output goes.</param>
/// <param name="Subscription">Where output comes from.</param>
/// <param name="Log">One category for the frontend; events are told apart by id.</param>
internal sealed record FrontendServices(
    FrontendOptions Options,
    IClusterClient Cluster,
    TimeProvider Time,
    FrontendCounters Counters,
    OutputRouter Router,
    OutputSubscription Subscription,
    ILogger Log);
