#pragma warning disable CA1067 // The kinds of tokens override Equals, as in Orleans.
namespace Orleans.Streams;

/// <summary>The place of an event in the order of its queue.</summary>
[GenerateSerializer]
public abstract class StreamSequenceToken : IEquatable<StreamSequenceToken>, IComparable<StreamSequenceToken>
{
    /// <summary>The number of the batch.</summary>
    public abstract long SequenceNumber { get; protected set; }

    /// <summary>The number of the event within its batch.</summary>
    public abstract int EventIndex { get; protected set; }

    /// <inheritdoc/>
    public abstract bool Equals(StreamSequenceToken? other);

    /// <inheritdoc/>
    public abstract int CompareTo(StreamSequenceToken? other);
}

/// <summary>Reads the order of tokens aloud.</summary>
public static class StreamSequenceTokenUtilities
{
    /// <summary>Whether <paramref name="me"/> comes after <paramref name="other"/>.</summary>
    public static bool Newer(this StreamSequenceToken me, StreamSequenceToken other) => me.CompareTo(other) > 0;

    /// <summary>Whether <paramref name="me"/> comes before <paramref name="other"/>.</summary>
    public static bool Older(this StreamSequenceToken me, StreamSequenceToken other) => me.CompareTo(other) < 0;
}
