using AgenticOS.Kernel.Processes;

namespace AgenticOS.Protocol.Requests;

/// <summary>Why bytes of the peer are no command. Each is answered with one reply.</summary>
public enum RequestFault
{
    /// <summary>It is a command.</summary>
    None,

    /// <summary>The line is not three tokens with a decimal LEN. The next line is the next header.</summary>
    Malformed,

    /// <summary>The line is longer than a header may be. It is discarded up to its newline.</summary>
    HeaderTooLong,

    /// <summary>LEN is readable, the verb is none of ours. The body is skipped.</summary>
    UnknownVerb,

    /// <summary>AGENT is no <c>AgentName</c>. The body is skipped.</summary>
    InvalidAgent,

    /// <summary>LEN is over the limit. The body is skipped without being kept.</summary>
    BodyTooLarge,

    /// <summary>LEN is beyond what is worth skipping. Nothing after it can be read: reply, then close.</summary>
    BodyUnbounded,
}

/// <summary>How faults are answered.</summary>
public static class RequestFaults
{
    /// <summary>The error code of the reply.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no fault.</exception>
    public static ErrorCode ToErrorCode(this RequestFault fault) => fault switch
    {
        RequestFault.Malformed or RequestFault.HeaderTooLong or RequestFault.UnknownVerb => ErrorCode.BadHeader,
        RequestFault.InvalidAgent => ErrorCode.BadHeader,
        RequestFault.BodyTooLarge or RequestFault.BodyUnbounded => ErrorCode.TooLarge,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "not a fault"),
    };

    /// <summary>The text of the reply: what is wrong and what becomes of the bytes that follow.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no fault.</exception>
    public static string ToMessage(this RequestFault fault, ProtocolLimits limits) => fault switch
    {
        RequestFault.Malformed => "A header is VERB AGENT LEN and a newline.",
        RequestFault.HeaderTooLong => $"A header line has at most {limits.HeaderBytes} bytes.",
        RequestFault.UnknownVerb => "Unknown verb; its body was skipped.",
        RequestFault.InvalidAgent =>
            $"AGENT is at most {ProcessLimits.AgentNameBytes} bytes of UTF-8 without controls; the body was skipped.",
        RequestFault.BodyTooLarge => $"LEN is at most {limits.BodyBytes}; the body is skipped.",
        RequestFault.BodyUnbounded => $"LEN is at most {limits.BodyBytes}; the connection closes.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "not a fault"),
    };

    /// <summary>Whether the connection must close after the reply, because the next command cannot be found.</summary>
    public static bool MustClose(this RequestFault fault) => fault == RequestFault.BodyUnbounded;
}
