namespace Orleans.Streams;

/// <summary>
/// What agent and subscription agree on before each delivery of a rewindable stream: the place the subscription wants
/// to begin at, or the last one it has taken.
/// </summary>
[GenerateSerializer, Immutable]
internal sealed record StreamHandshakeToken([property: Id(0)] StreamSequenceToken Token, [property: Id(1)] bool IsStart)
{
    public static StreamHandshakeToken? StartAt(StreamSequenceToken? token) => token is null ? null : new(token, true);

    public static StreamHandshakeToken? Delivered(StreamSequenceToken? token) =>
        token is null ? null : new(token, false);
}
