using Orleans.Streams;

namespace Orleans.Providers.Streams.Common;

/// <summary>The usual token: a number per batch and an index per event.</summary>
[GenerateSerializer]
public class EventSequenceToken : StreamSequenceToken
{
    /// <summary>A token that is filled later.</summary>
    public EventSequenceToken()
    {
    }

    /// <summary>The token of a batch.</summary>
    public EventSequenceToken(long sequenceNumber)
        : this(sequenceNumber, 0)
    {
    }

    /// <summary>The token of an event.</summary>
    public EventSequenceToken(long sequenceNumber, int eventIndex)
    {
        SequenceNumber = sequenceNumber;
        EventIndex = eventIndex;
    }

    /// <inheritdoc/>
    [Id(0)]
    public override long SequenceNumber { get; protected set; }

    /// <inheritdoc/>
    [Id(1)]
    public override int EventIndex { get; protected set; }

    /// <summary>The token of an event of this batch.</summary>
    public EventSequenceToken CreateSequenceTokenForEvent(int eventInd) => new(SequenceNumber, eventInd);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StreamSequenceToken);

    /// <inheritdoc/>
    public override bool Equals(StreamSequenceToken? other) =>
        other is EventSequenceToken or EventSequenceTokenV2
        && SequenceNumber == other.SequenceNumber && EventIndex == other.EventIndex;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The other token is of another kind.</exception>
    public override int CompareTo(StreamSequenceToken? other) => other switch
    {
        null => 1,
        EventSequenceToken or EventSequenceTokenV2 =>
            (SequenceNumber, EventIndex).CompareTo((other.SequenceNumber, other.EventIndex)),
        _ => throw new ArgumentOutOfRangeException(nameof(other)),
    };

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EventIndex, SequenceNumber);

    /// <inheritdoc/>
    public override string ToString() => $"[EventSequenceToken: SeqNum={SequenceNumber}, EventIndex={EventIndex}]";
}
