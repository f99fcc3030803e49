using System.Net;
using AgenticOS.Kernel.Processes;
using AgenticOS.Protocol;
using AgenticOS.TcpFrontend.Connections;
using Microsoft.Extensions.Logging;

namespace AgenticOS.TcpFrontend;

/// <summary>Everything the frontend logs: connections 20xx, output 21xx, verbs 22xx.</summary>
internal static partial class FrontendLog
{
    [LoggerMessage(2000, LogLevel.Warning, "Connection refused: {Peer}; the limit of {Limit} is reached")]
    public static partial void ConnectionRefused(this ILogger log, EndPoint? peer, int limit);

    [LoggerMessage(2001, LogLevel.Debug, "Connection lost: {Peer}: {Why}")]
    public static partial void ConnectionReset(this ILogger log, string peer, string why);

    [LoggerMessage(2002, LogLevel.Error, "Connection failed: {Peer}")]
    public static partial void ConnectionFailed(this ILogger log, Exception failure, string peer);

    [LoggerMessage(2003, LogLevel.Information, "Output cut off: {Peer}: {Fault}")]
    public static partial void OutputCutOff(this ILogger log, string peer, OutboxFault fault);

    [LoggerMessage(2004, LogLevel.Information, "Idle connection closed: {Peer}")]
    public static partial void IdleConnectionClosed(this ILogger log, string peer);

    [LoggerMessage(2005, LogLevel.Debug, "A transport failed while it was written to")]
    public static partial void OutputFailed(this ILogger log, Exception failure);

    [LoggerMessage(2006, LogLevel.Error, "A pulse failed")]
    public static partial void PulseFailed(this ILogger log, Exception failure);

    [LoggerMessage(2100, LogLevel.Information, "Output stream of {Frontend} connected")]
    public static partial void Subscribed(this ILogger log, string frontend);

    [LoggerMessage(2101, LogLevel.Warning, "Output stream of {Frontend} cannot be connected; trying again")]
    public static partial void SubscribeFailed(this ILogger log, Exception failure, string frontend);

    [LoggerMessage(2102, LogLevel.Warning, "Output stream of {Frontend} was forgotten; connecting again")]
    public static partial void SubscriptionLost(this ILogger log, string frontend);

    [LoggerMessage(2103, LogLevel.Warning, "Output stream of {Frontend} reports an error")]
    public static partial void StreamFailed(this ILogger log, Exception failure, string frontend);

    [LoggerMessage(2104, LogLevel.Debug, "Output stream of {Frontend} could not be given back")]
    public static partial void UnsubscribeFailed(this ILogger log, Exception failure, string frontend);

    [LoggerMessage(2110, LogLevel.Warning, "Process {Pid} is out of reach; asking again")]
    public static partial void ProcessOutOfReach(this ILogger log, Exception failure, long pid);

    [LoggerMessage(2111, LogLevel.Warning, "Process {Pid} is lost; its client is told so")]
    public static partial void ProcessLost(this ILogger log, long pid);

    [LoggerMessage(2112, LogLevel.Warning, "{Signal} could not be sent to process {Pid}, which nobody waits for")]
    public static partial void SignalFailed(this ILogger log, Exception failure, ProcessSignal signal, long pid);

    [LoggerMessage(2113, LogLevel.Debug, "Process {Pid} could not be told that nobody listens")]
    public static partial void UnlistenFailed(this ILogger log, Exception failure, long pid);

    [LoggerMessage(2114, LogLevel.Warning, "Process {Pid} was started by an EXEC that had failed; it is ended")]
    public static partial void UnwantedProcess(this ILogger log, long pid);

    [LoggerMessage(2200, LogLevel.Warning, "{Verb} of {Peer} timed out")]
    public static partial void VerbTimedOut(this ILogger log, Exception failure, Verb verb, string peer);

    [LoggerMessage(2201, LogLevel.Error, "{Verb} of {Peer} failed")]
    public static partial void VerbFailed(this ILogger log, Exception failure, Verb verb, string peer);

    [LoggerMessage(2202, LogLevel.Information, "Shutdown requested by {Peer}")]
    public static partial void ShutdownRequested(this ILogger log, string peer);
}
