using AgenticOS.Protocol.Replies;

namespace AgenticOS.Client;

/// <summary>A process that was run to its end, or the refusal to start it.</summary>
/// <param name="Answer">The reply to EXEC.</param>
/// <param name="End">How the process ended; null when it was refused.</param>
public sealed record Execution(Answer Answer, EndMarker? End);

/// <summary>Takes output as it comes; whole characters, possibly empty (a heartbeat).</summary>
public delegate ValueTask OutputReceiver(ReadOnlyMemory<byte> bytes, CancellationToken cancellation);
