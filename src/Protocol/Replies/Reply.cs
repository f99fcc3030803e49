using System.Buffers;

namespace AgenticOS.Protocol.Replies;

/// <summary>What a frame of the server is.</summary>
public enum ReplyKind
{
    /// <summary><c>+OK</c>: the answer to the oldest open command.</summary>
    Ok,

    /// <summary><c>-ERR</c>: the answer to the oldest open command.</summary>
    Error,

    /// <summary><c>DATA</c>: output of a process; empty as a heartbeat.</summary>
    Data,
}

/// <summary>One frame of the server.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Code">The code of the answer; <c>raw</c> for output.</param>
/// <param name="Payload">A slice of what was read: valid until that buffer is given back.</param>
public readonly record struct Reply(ReplyKind Kind, string Code, ReadOnlySequence<byte> Payload);

/// <summary>The server sent something that is no reply, or one past the limits. Nothing after it can be read.</summary>
public sealed class ReplyFormatException : FormatException
{
    /// <summary>Says what was wrong.</summary>
    public ReplyFormatException(string message)
        : base(message)
    {
    }
}
