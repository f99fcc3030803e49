using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Orleans.Runtime;

/// <summary>
/// One life of a silo: its endpoint and the generation that tells this start from the ones before it.
/// </summary>
[GenerateSerializer, Immutable]
public sealed class SiloAddress
    : IEquatable<SiloAddress>, IComparable<SiloAddress>, ISpanFormattable, IParsable<SiloAddress>
{
    private static readonly DateTimeOffset Epoch = new(2022, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static int lastGeneration;
    private readonly int hashCode;

    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
        hashCode = StableHash.Of(Encoding.UTF8.GetBytes($"{endpoint}@{generation}"));
    }

    /// <summary>The address that names no silo.</summary>
    public static SiloAddress Zero { get; } = New(new IPEndPoint(0, 0), 0);

    /// <summary>Where the silo listens, or would.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Grows from start to start of the same endpoint; negative for a client.</summary>
    public int Generation { get; }

    /// <summary>True when this is a client's address.</summary>
    public bool IsClient => Generation < 0;

    /// <summary>The silo at this endpoint in this generation.</summary>
    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    /// <summary>The silo at this endpoint in this generation.</summary>
    public static SiloAddress New(IPAddress address, int port, int generation) => new(new(address, port), generation);

    /// <summary>Seconds since 2022, and never the same twice in one process.</summary>
    public static int AllocateNewGeneration()
    {
        var seconds = (int)(TimeProvider.System.GetUtcNow() - Epoch).TotalSeconds;
        while (true)
        {
            var last = Volatile.Read(ref lastGeneration);
            var next = Math.Max(seconds, last + 1);
            if (Interlocked.CompareExchange(ref lastGeneration, next, last) == last)
                return next;
        }
    }

    /// <summary>The form <c>address:port@generation</c>.</summary>
    public string ToParsableString() => $"{Endpoint}@{Generation}";

    /// <summary>Reads what <see cref="ToParsableString"/> wrote; throws on anything else.</summary>
    public static SiloAddress FromParsableString(string addr) =>
        TryParse(addr, out var silo) ? silo : throw new FormatException($"Invalid silo address \"{addr}\"");

    /// <inheritdoc cref="FromParsableString"/>
    public static SiloAddress Parse(string value) => FromParsableString(value);

    /// <summary>Reads what <see cref="ToParsableString"/> wrote.</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out SiloAddress? result)
    {
        result = null;
        var at = value?.LastIndexOf('@') ?? -1;
        if (at < 0 || !IPEndPoint.TryParse(value.AsSpan(0, at), out var endpoint)
            || !int.TryParse(value.AsSpan(at + 1), out var generation))
            return false;
        result = new(endpoint, generation);
        return true;
    }

    static SiloAddress IParsable<SiloAddress>.Parse(string s, IFormatProvider? provider) => FromParsableString(s);

    static bool IParsable<SiloAddress>.TryParse(
        string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out SiloAddress result) => TryParse(s, out result);

    /// <summary>A hash that is the same in every process.</summary>
    public int GetConsistentHashCode() => hashCode;

    /// <summary>True when both lie at one endpoint and this is the later life.</summary>
    public bool IsSuccessorOf(SiloAddress other) =>
        Generation > other.Generation && Endpoint.Equals(other.Endpoint);

    /// <summary>True when both lie at one endpoint and this is the earlier life.</summary>
    public bool IsPredecessorOf(SiloAddress other) => other.IsSuccessorOf(this);

    /// <inheritdoc />
    public bool Equals(SiloAddress? other) => ReferenceEquals(this, other)
        || (other is not null && hashCode == other.hashCode && Generation == other.Generation
            && Endpoint.Equals(other.Endpoint));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as SiloAddress);

    /// <inheritdoc />
    public override int GetHashCode() => hashCode;

    /// <summary>By generation, then port, then address.</summary>
    public int CompareTo(SiloAddress? other)
    {
        if (other is null)
            return 1;
        var order = Generation.CompareTo(other.Generation);
        if (order == 0)
            order = Endpoint.Port.CompareTo(other.Endpoint.Port);
        return order != 0
            ? order
            : Endpoint.Address.GetAddressBytes().AsSpan().SequenceCompareTo(other.Endpoint.Address.GetAddressBytes());
    }

    /// <summary>For people: <c>S</c> or <c>C</c>, then endpoint and generation.</summary>
    public override string ToString() => $"{(IsClient ? 'C' : 'S')}{Endpoint}:{Generation}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"{(IsClient ? 'C' : 'S')}{Endpoint}:{Generation}", out charsWritten);
}
