using System.Globalization;
using System.Text;

namespace Orleans.Runtime;

/// <summary>The identity of a stream within its provider: a namespace, which may be missing, and a key.</summary>
[GenerateSerializer, Immutable]
public readonly struct StreamId : IEquatable<StreamId>, IComparable<StreamId>, ISpanFormattable
{
    [Id(0)]
    private readonly byte[] fullKey;

    [Id(1)]
    private readonly ushort keyIndex;

    [Id(2)]
    private readonly int hash;

    private StreamId(byte[] fullKey, ushort keyIndex)
    {
        this.fullKey = fullKey;
        this.keyIndex = keyIndex;
        hash = StableHash.Of(fullKey);
    }

    /// <summary>Namespace and key, one after the other.</summary>
    public ReadOnlyMemory<byte> FullKey => fullKey;

    /// <summary>The namespace; empty when there is none.</summary>
    public ReadOnlyMemory<byte> Namespace => fullKey.AsMemory(0, keyIndex);

    /// <summary>The key.</summary>
    public ReadOnlyMemory<byte> Key => fullKey.AsMemory(keyIndex);

    /// <summary>The stream of a key in UTF-8.</summary>
    public static StreamId Create(ReadOnlySpan<byte> ns, ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
            throw new ArgumentNullException(nameof(key));
        return new([.. ns, .. key], (ushort)ns.Length);
    }

    /// <summary>The stream of a GUID key.</summary>
    public static StreamId Create(string? ns, Guid key) => Create(ns, key.ToString("N"));

    /// <summary>The stream of an integer key.</summary>
    public static StreamId Create(string? ns, long key) => Create(ns, key.ToString(CultureInfo.InvariantCulture));

    /// <summary>The stream of a text key.</summary>
    public static StreamId Create(string? ns, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(Encoding.UTF8.GetBytes(ns + key), (ushort)(ns is null ? 0 : Encoding.UTF8.GetByteCount(ns)));
    }

    /// <summary>Reads namespace and key separated by a slash.</summary>
    public static StreamId Parse(ReadOnlySpan<byte> value)
    {
        var slash = value.IndexOf((byte)'/');
        return slash < 0
            ? throw new ArgumentException($"Unable to parse \"{Encoding.UTF8.GetString(value)}\" as a stream id")
            : Create(value[..slash], value[(slash + 1)..]);
    }

    /// <summary>Whether both name the same stream.</summary>
    public static bool operator ==(StreamId s1, StreamId s2) => s1.Equals(s2);

    /// <summary>Whether they name different streams.</summary>
    public static bool operator !=(StreamId s1, StreamId s2) => !s1.Equals(s2);

    /// <inheritdoc/>
    public int CompareTo(StreamId other) => fullKey.AsSpan().SequenceCompareTo(other.fullKey);

    /// <inheritdoc/>
    public bool Equals(StreamId other) => fullKey.AsSpan().SequenceEqual(other.fullKey);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => hash;

    /// <summary>The key as text.</summary>
    public string GetKeyAsString() => Encoding.UTF8.GetString(Key.Span);

    /// <summary>The namespace as text; null when there is none.</summary>
    public string? GetNamespace() => keyIndex == 0 ? null : Encoding.UTF8.GetString(Namespace.Span);

    /// <summary>Namespace and key separated by a slash; a missing namespace reads "null".</summary>
    public override string ToString() => $"{GetNamespace() ?? "null"}/{GetKeyAsString()}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var text = ToString();
        charsWritten = text.TryCopyTo(destination) ? text.Length : 0;
        return charsWritten > 0;
    }
}
