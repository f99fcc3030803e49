using System.Reflection;
using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>
/// The identity of a grain or an observer together with a way to send it messages; the proxies of grain interfaces
/// derive from it. Two references are equal when they name the same grain. (In Orleans its base is object: there the
/// proxies are generated when the grain interfaces are compiled.)
/// </summary>
public class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>, ISpanFormattable
{
    private GrainCaller? runtime;
    private Type interfaceType = typeof(IAddressable);

    /// <summary>For the proxies; a reference made so names no grain.</summary>
    private protected GrainReference()
    {
    }

    /// <summary>The grain it names.</summary>
    public GrainId GrainId { get; private set; }

    /// <summary>The interface it calls through.</summary>
    public GrainInterfaceType InterfaceType => GrainClassRules.InterfaceTypeOf(interfaceType);

    /// <summary>The interface as a type.</summary>
    internal Type Interface => interfaceType;

    /// <summary>The interface's name.</summary>
    public virtual string InterfaceName => InterfaceType.ToString();

    /// <summary>Who sends for it: the silo or the client where it is used.</summary>
    internal GrainCaller Runtime => RuntimeContext.Current?.Silo.Caller ?? runtime
        ?? throw new InvalidOperationException("This reference was not made by a grain factory.");

    /// <summary>A reference to the same grain through another interface.</summary>
    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable =>
        (TGrainInterface)(object)Runtime.References.Create(GrainId, typeof(TGrainInterface));

    /// <inheritdoc />
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc />
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <summary>A hash that is the same in every process.</summary>
    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    /// <summary>For people: the grain's id and the interface.</summary>
    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceType}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        destination.TryWrite($"{ToString()}", out charsWritten);

    /// <summary>Equality of the grains named.</summary>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Inequality of the grains named.</summary>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) =>
        !(reference1 == reference2);

    /// <summary>Sends one call.</summary>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        Runtime.Call(this, GrainMethod.Of(targetMethod!), args ?? []);

    /// <summary>A copy of this prototype that names a grain and sends through <paramref name="caller"/>.</summary>
    internal GrainReference CloneFor(GrainCaller caller, GrainId grainId, Type type)
    {
        var clone = (GrainReference)MemberwiseClone();
        clone.runtime = caller;
        clone.GrainId = grainId;
        clone.interfaceType = type;
        return clone;
    }

    /// <summary>A reference to the same grain that travels in a message.</summary>
    internal GrainReference Clone() => (GrainReference)MemberwiseClone();

    /// <summary>From now on it sends through the silo or client that has received it.</summary>
    internal void BindTo(GrainCaller caller) => runtime = caller;
}

/// <summary>What the proxy types derive from; the proxy generator wants a public constructor.</summary>
internal class GrainReferenceProxy : GrainReference
{
    public GrainReferenceProxy()
    {
    }
}
