namespace AgenticOS.Protocol;

/// <summary>The sizes that bound what one peer can make the other hold in memory.</summary>
public sealed record ProtocolLimits
{
    /// <summary>The limits of the protocol.</summary>
    public static ProtocolLimits Default { get; } = new();

    /// <summary>Longest header line in bytes, without its newline; a trailing CR counts.</summary>
    public int HeaderBytes { get; init; } = 512;

    /// <summary>Largest LEN of a command whose body is read.</summary>
    public long BodyBytes { get; init; } = 8L << 20;

    /// <summary>Largest LEN that is refused and skipped; past it the connection closes after the refusal.</summary>
    public long SkippedBytes { get; init; } = 64L << 20;

    /// <summary>Largest payload of a reply that a client accepts.</summary>
    public long ReplyBytes { get; init; } = 64L << 20;

    /// <summary>Largest payload of one DATA frame; longer output is cut into frames between characters.</summary>
    public int FrameBytes { get; init; } = 64 << 10;
}
