using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Serialization;

namespace Orleans.Serialization.Copying;

/// <summary>
/// A member that travels: a field, or a property that computes; its number; whether its value is shared.
/// </summary>
internal sealed record ShapeMember(MemberInfo Place, uint Id, bool IsPositional, bool IsImmutable)
{
    /// <summary>How many classes above the declaring one carry members.</summary>
    public int Level { get; init; }

    /// <summary>The number under which the value is written: it never changes while id and hierarchy do not.</summary>
    public long Key => (((long)Id * 2) + (IsPositional ? 1 : 0)) * 16 + Level;

    /// <summary>The declared type of the value.</summary>
    public Type Type => Place is FieldInfo declared ? declared.FieldType : ((PropertyInfo)Place).PropertyType;
}

/// <summary>The members of one type level that travel, found by its attributes.</summary>
internal static class TypeShape
{
    private const BindingFlags Declared =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Whether the type is declared as part of messages.</summary>
    public static bool IsSerializable(Type type) => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    /// <summary>The levels from the root to the type itself, each of which carries the attribute.</summary>
    /// <exception cref="CodecNotFoundException">A base class carries no attribute.</exception>
    public static IReadOnlyList<Type> Levels(Type type)
    {
        var levels = new List<Type>();
        for (var level = type; !IsRoot(level); level = level.BaseType!)
        {
            if (IsSerializable(level))
                levels.Insert(0, level);
            else if (!level.IsDefined(typeof(SerializerTransparentAttribute), false) && !IsException(type))
                throw CopierTable.NotFound(level);
        }

        return levels;
    }

    /// <summary>The members that travel, declared on <paramref name="level"/> itself, ordered by id.</summary>
    public static IReadOnlyList<ShapeMember> Members(Type level)
    {
        var attribute = level.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false)!;
        var positional = PositionalParameters(level, attribute);
        var members = new List<ShapeMember>();
        foreach (var property in level.GetProperties(Declared))
            AddProperty(level, property, positional, members);
        foreach (var field in level.GetFields(Declared))
        {
            if (field.GetCustomAttribute<IdAttribute>() is { } id && IsCarried(field))
                members.Add(new(field, id.Id, false, IsImmutable(field)));
        }

        if (members.Count == 0 && attribute.GenerateFieldIds == GenerateFieldIds.PublicProperties)
            AddPublicProperties(level, members);
        members.Sort((a, b) => a.IsPositional == b.IsPositional ? a.Id.CompareTo(b.Id) : a.IsPositional ? -1 : 1);
        return members;
    }

    /// <summary>All instance fields of the type and its bases: for tuples and pairs, whose fields all travel.</summary>
    public static IReadOnlyList<ShapeMember> AllFields(Type type)
    {
        var members = new List<ShapeMember>();
        for (var level = type; level is not null && !IsRoot(level); level = level.BaseType)
            members.AddRange(level.GetFields(Declared).Select((f, i) => new ShapeMember(f, (uint)i, false, false)));
        return members;
    }

    /// <summary>Whether a public constructor without parameters makes a valid instance.</summary>
    public static bool IsEmptyConstructable(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (level.IsDefined(typeof(RequiredMemberAttribute), false))
                return false;
        }

        return type.GetConstructor(Type.EmptyTypes) is { IsPublic: true };
    }

    private static void AddProperty(
        Type level, PropertyInfo property, ParameterInfo[] positional, List<ShapeMember> members)
    {
        var index = Array.FindIndex(
            positional, p => p.Name == property.Name && p.ParameterType == property.PropertyType);
        var id = property.GetCustomAttribute<IdAttribute>()?.Id
            ?? (index < 0 ? null : positional[index].GetCustomAttribute<IdAttribute>()?.Id ?? (uint)index);
        if (id is null)
            return;
        var field = BackingField(level, property);
        if (field is not null && IsCarried(field))
        {
            var isPositional = property.GetCustomAttribute<IdAttribute>() is null;
            members.Add(new(field, id.Value, isPositional, IsImmutable(property)));
        }
        else if (field is null && index < 0 && property is { CanRead: true, CanWrite: true })
            members.Add(new(property, id.Value, false, IsImmutable(property)));
    }

    private static void AddPublicProperties(Type level, List<ShapeMember> members)
    {
        var properties = level.GetProperties(Declared & ~BindingFlags.NonPublic)
            .OrderBy(p => p.Name, StringComparer.Ordinal);
        foreach (var property in properties)
        {
            if (BackingField(level, property) is { } field && IsCarried(field))
                members.Add(new(field, (uint)members.Count, false, IsImmutable(property)));
        }
    }

    private static ParameterInfo[] PositionalParameters(Type level, GenerateSerializerAttribute attribute)
    {
        var constructors = level.GetConstructors(Declared).Where(c => c.GetParameters().Length > 0);
        var isRecord = level.GetMethod("PrintMembers", Declared) is { } print
            && print.IsDefined(typeof(CompilerGeneratedAttribute), false);
        if (!isRecord && !attribute.IncludePrimaryConstructorParameters)
            constructors = constructors.Where(c => c.GetParameters().All(p => HasAutoProperty(level, p)));
        return constructors
            .Select(c => c.GetParameters())
            .Where(p => p.Any(q => HasAutoProperty(level, q)))
            .OrderByDescending(p => p.All(q => HasAutoProperty(level, q)))
            .ThenByDescending(p => p.Length)
            .FirstOrDefault() ?? [];
    }

    private static bool HasAutoProperty(Type level, ParameterInfo parameter) =>
        level.GetProperty(parameter.Name!, Declared) is { } property
        && property.PropertyType == parameter.ParameterType
        && BackingField(level, property) is not null;

    private static FieldInfo? BackingField(Type level, PropertyInfo property) =>
        level.GetField($"<{property.Name}>k__BackingField", Declared);

    private static bool IsImmutable(MemberInfo member) => member.IsDefined(typeof(ImmutableAttribute), false);

    private static bool IsCarried(FieldInfo field) => !field.IsDefined(typeof(NonSerializedAttribute), false);

    private static bool IsException(Type type) => type.IsAssignableTo(typeof(Exception));

    private static bool IsRoot(Type type) =>
        type == typeof(object) || type == typeof(ValueType) || type == typeof(Exception) || type == typeof(Enum);
}
