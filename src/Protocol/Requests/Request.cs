using System.Buffers;

namespace AgenticOS.Protocol.Requests;

/// <summary>One command, or one refusal of what came in its place.</summary>
/// <param name="Fault">Whether it is a command at all.</param>
/// <param name="Verb">What to do; <see cref="Verb.Unknown"/> with most faults.</param>
/// <param name="Agent">Who asks; empty with a fault.</param>
/// <param name="Body">Exactly LEN bytes, a slice of what was read: valid until that buffer is given back. Empty with a
/// fault.</param>
public readonly record struct Request(RequestFault Fault, Verb Verb, string Agent, ReadOnlySequence<byte> Body)
{
    internal static Request Refused(RequestFault fault, Verb verb = Verb.Unknown) =>
        new(fault, verb, "", ReadOnlySequence<byte>.Empty);
}
