using Microsoft.Extensions.DependencyInjection;

namespace Orleans;

/// <summary>Which members without an <see cref="IdAttribute"/> take part in a message.</summary>
public enum GenerateFieldIds
{
    /// <summary>Only members that carry an id, and the positional members of records.</summary>
    None = 0,

    /// <summary>Every public property, when no member carries an id.</summary>
    PublicProperties = 1,
}

/// <summary>Promises that values of the type may be part of messages and of stored state.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum, Inherited = false)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether positional constructor parameters count as members without an id of their own.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }

    /// <summary>Which members without an id are included.</summary>
    public GenerateFieldIds GenerateFieldIds { get; init; } = GenerateFieldIds.None;
}

/// <summary>The number under which a member travels; a member without one is left behind.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct
    | AttributeTargets.Enum | AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class IdAttribute(uint id) : Attribute
{
    /// <summary>The number, unique within its declaring type.</summary>
    public uint Id { get; } = id;
}

/// <summary>A name for a type or a method that survives renaming.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Method
    | AttributeTargets.Enum, AllowMultiple = true, Inherited = false)]
public sealed class AliasAttribute(string alias) : Attribute
{
    /// <summary>The name.</summary>
    public string Alias { get; } = alias;
}

/// <summary>Promises that a value never changes once it was sent, so that it is shared instead of copied.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Property | AttributeTargets.Field
    | AttributeTargets.Parameter | AttributeTargets.ReturnValue, Inherited = false)]
public sealed class ImmutableAttribute : Attribute;

/// <summary>Says that two references to one instance may arrive as two instances.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SuppressReferenceTrackingAttribute : Attribute;

/// <summary>Says that a base class has no members of its own to carry.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SerializerTransparentAttribute : Attribute;

/// <summary>Says that members which hold their default value need not travel.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class OmitDefaultMemberValuesAttribute : Attribute;

/// <summary>Makes a type that implements <see cref="IConverter{TValue, TSurrogate}"/> known.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class RegisterConverterAttribute : Attribute;

/// <summary>The constructor by which instances are made on arrival; its parameters are services.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class GeneratedActivatorConstructorAttribute : ActivatorUtilitiesConstructorAttribute;

/// <summary>The older name of <see cref="GeneratedActivatorConstructorAttribute"/>; it has no effect.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
[Obsolete("Use GeneratedActivatorConstructorAttribute instead. This attribute is not recognized by Orleans.")]
public sealed class OrleansConstructorAttribute : ActivatorUtilitiesConstructorAttribute;

/// <summary>Says that instances are always made by the registered activator, not by their public constructor.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class UseActivatorAttribute : Attribute;

/// <summary>Carries values of a type that is not ours by way of a struct that is.</summary>
public interface IConverter<TValue, TSurrogate>
    where TSurrogate : struct
{
    /// <summary>The value that <paramref name="surrogate"/> stands for.</summary>
    TValue ConvertFromSurrogate(in TSurrogate surrogate);

    /// <summary>The surrogate that stands for <paramref name="value"/>.</summary>
    TSurrogate ConvertToSurrogate(in TValue value);
}

/// <summary>A converter that can also fill an instance which exists already.</summary>
public interface IPopulator<TValue, TSurrogate>
    where TSurrogate : struct
    where TValue : class
{
    /// <summary>Fills <paramref name="value"/> from <paramref name="surrogate"/>.</summary>
    void Populate(in TSurrogate surrogate, TValue value);
}
