using AgenticOS.Kernel.Processes;

namespace AgenticOS.Grains.Output;

/// <summary>What one silo produced for one frontend in one step (or a few, when the stream is busy).</summary>
/// <param name="Node">The silo it comes from.</param>
/// <param name="EmittedAt">Timestamp of the silo's clock (TimeProvider.GetTimestamp) when the oldest item was emitted;
/// only comparable on the same machine.</param>
/// <param name="Items">In order; items of one process are in the order of their offsets.</param>
[GenerateSerializer, Immutable, Alias("agenticos.output-batch")]
public sealed record OutputBatch(
    [property: Id(0)] string Node,
    [property: Id(1)] long EmittedAt,
    [property: Id(2)] OutputItem[] Items);

/// <summary>A piece of one process's output, or its end.</summary>
/// <param name="Ticket">Whose it is, see <see cref="OutputRoute"/>.</param>
/// <param name="Pid">The process.</param>
/// <param name="Offset">Byte offset of <paramref name="Bytes"/> in the process's output; at the end, its
/// length.</param>
/// <param name="Bytes">Whole UTF-8 characters; empty at the end.</param>
/// <param name="End">Set on the last item of a process and only there.</param>
[GenerateSerializer, Immutable, Alias("agenticos.output-item")]
public readonly record struct OutputItem(
    [property: Id(0)] long Ticket,
    [property: Id(1)] long Pid,
    [property: Id(2)] long Offset,
    [property: Id(3)] ReadOnlyMemory<byte> Bytes,
    [property: Id(4)] ProcessEnd? End);

/// <summary>How a process ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Tokens">Generated tokens.</param>
/// <param name="ElapsedSeconds">From EXEC to the end.</param>
[GenerateSerializer, Immutable, Alias("agenticos.process-end")]
public sealed record ProcessEnd(
    [property: Id(0)] ProcessEndReason Reason,
    [property: Id(1)] int Tokens,
    [property: Id(2)] double ElapsedSeconds);

/// <summary>A part of a process's output log, to fill a gap.</summary>
/// <param name="Offset">Where <paramref name="Bytes"/> begins.</param>
/// <param name="Bytes">All output from there on.</param>
/// <param name="End">Set when the process has ended and <paramref name="Bytes"/> reaches to its end.</param>
[GenerateSerializer, Immutable, Alias("agenticos.output-slice")]
public sealed record OutputSlice(
    [property: Id(0)] long Offset,
    [property: Id(1)] ReadOnlyMemory<byte> Bytes,
    [property: Id(2)] ProcessEnd? End);
