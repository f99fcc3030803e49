namespace Orleans.Streams;

/// <summary>One queue of a stream provider.</summary>
[GenerateSerializer, Immutable]
public readonly struct QueueId : IEquatable<QueueId>, IComparable<QueueId>, ISpanFormattable
{
    [Id(0)]
    private readonly string queueNamePrefix;

    [Id(1)]
    private readonly uint queueId;

    [Id(2)]
    private readonly uint uniformHashCache;

    private QueueId(string queueNamePrefix, uint queueId, uint hash)
    {
        this.queueNamePrefix = queueNamePrefix ?? throw new ArgumentNullException(nameof(queueNamePrefix));
        this.queueId = queueId;
        uniformHashCache = hash;
    }

    /// <summary>Whether this is no queue.</summary>
    public bool IsDefault => queueNamePrefix is null;

    /// <summary>Whether both are the same queue.</summary>
    public static bool operator ==(QueueId left, QueueId right) => left.Equals(right);

    /// <summary>Whether they are different queues.</summary>
    public static bool operator !=(QueueId left, QueueId right) => !left.Equals(right);

    /// <summary>The queue of a name, a number and a place on the hash ring.</summary>
    public static QueueId GetQueueId(string queueName, uint queueId, uint hash) => new(queueName, queueId, hash);

    /// <summary>The name.</summary>
    public string GetStringNamePrefix() => queueNamePrefix;

    /// <summary>The number.</summary>
    public uint GetNumericId() => queueId;

    /// <summary>The place on the hash ring.</summary>
    public uint GetUniformHashCode() => uniformHashCache;

    /// <inheritdoc/>
    public int CompareTo(QueueId other)
    {
        if (queueId != other.queueId)
            return queueId.CompareTo(other.queueId);
        var byName = string.CompareOrdinal(queueNamePrefix, other.queueNamePrefix);
        return byName != 0 ? byName : uniformHashCache.CompareTo(other.uniformHashCache);
    }

    /// <inheritdoc/>
    public bool Equals(QueueId other) =>
        queueId == other.queueId && uniformHashCache == other.uniformHashCache
            && queueNamePrefix == other.queueNamePrefix;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is QueueId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(queueId, uniformHashCache, queueNamePrefix);

    /// <summary>Name and number.</summary>
    public override string ToString() => $"{queueNamePrefix?.ToLowerInvariant()}-{queueId}";

    /// <summary>Name, number and place on the ring.</summary>
    public string ToStringWithHashCode() => $"{ToString()}-0x{uniformHashCache:X8}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) =>
        format == "H" ? ToStringWithHashCode() : ToString();

    bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var text = format is "H" ? ToStringWithHashCode() : ToString();
        charsWritten = text.TryCopyTo(destination) ? text.Length : 0;
        return charsWritten > 0;
    }
}
