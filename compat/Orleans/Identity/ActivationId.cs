using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>One life of a grain in the memory of one silo.</summary>
[GenerateSerializer, Immutable]
public readonly struct ActivationId : IEquatable<ActivationId>
{
    private readonly Guid key;

    /// <summary>The activation with this key.</summary>
    public ActivationId(Guid key) => this.key = key;

    /// <summary>True for the default value, which names nothing.</summary>
    public bool IsDefault => key == Guid.Empty;

    /// <summary>A new unique id.</summary>
    public static ActivationId NewId() => new(Guid.NewGuid());

    /// <summary>The form that <see cref="FromParsableString"/> reads.</summary>
    public string ToParsableString() => ToString();

    /// <summary>Reads what <see cref="ToParsableString"/> wrote; throws on anything else.</summary>
    public static ActivationId FromParsableString(string activationId) =>
        activationId is ['@', ..]
            ? new(Guid.ParseExact(activationId.AsSpan(1), "N"))
            : throw new FormatException(activationId);

    /// <inheritdoc />
    public bool Equals(ActivationId other) => key.Equals(other.key);

    /// <inheritdoc />
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ActivationId other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => key.GetHashCode();

    /// <summary>An at sign and 32 hexadecimal digits.</summary>
    public override string ToString() => "@" + key.ToString("N");

    /// <summary>Equality of the keys.</summary>
    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    /// <summary>Inequality of the keys.</summary>
    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);
}
