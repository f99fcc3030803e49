using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace AgenticOS.Protocol.Requests;

/// <summary>Writes commands, for clients.</summary>
public static class RequestWriter
{
    /// <summary>Writes <c>VERB AGENT LEN\n</c> and the body.</summary>
    /// <exception cref="ArgumentException">The agent's name is empty or has a blank or a line break in it.</exception>
    public static void Write(IBufferWriter<byte> output, Verb verb, string agent, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentException.ThrowIfNullOrEmpty(agent);
        if (agent.AsSpan().ContainsAny(" \t\r\n"))
            throw new ArgumentException("An agent's name has no blanks and no line breaks.", nameof(agent));
        Encoding.UTF8.GetBytes(verb.ToWire(), output);
        output.Write(" "u8);
        Encoding.UTF8.GetBytes(agent, output);
        output.Write(" "u8);
        var digits = output.GetSpan(20);
        Utf8Formatter.TryFormat(body.Length, digits, out var written);
        output.Advance(written);
        output.Write("\n"u8);
        output.Write(body);
    }

    /// <summary>Writes a command whose body is text.</summary>
    /// <exception cref="ArgumentException">The agent's name is empty or has a blank or a line break in it.</exception>
    public static void Write(IBufferWriter<byte> output, Verb verb, string agent, string body) =>
        Write(output, verb, agent, Encoding.UTF8.GetBytes(body));
}
