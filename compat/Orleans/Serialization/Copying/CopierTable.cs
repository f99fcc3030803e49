using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization.Copying;

/// <summary>
/// The copiers of all types met so far. Thread-safe; a type is analysed and compiled once per process.
/// </summary>
internal sealed class CopierTable
{
    private static readonly string[] s_knownNamespaces = ["Microsoft", "System", "Azure"];

    private readonly ConcurrentDictionary<Type, Copier> _exact = new();
    private readonly Dictionary<Type, Copier> _pending = [];
    private readonly Dictionary<Type, Copier> _byRuntimeType = [];
    private readonly Lock _gate = new();
    private int _depth;

    /// <summary>The table of this process.</summary>
    public static CopierTable Shared { get; } = new();

    /// <summary>The error for a type that nobody declared as part of messages.</summary>
    public static CodecNotFoundException NotFound(Type type) => new($"Could not find a copier for type {type}.");

    /// <summary>A copy of <paramref name="value"/> by its runtime type.</summary>
    public object? Copy(object? value, CopyContext context) =>
        value is null ? null : Exact(value.GetType()).CopyObject(value, context);

    /// <summary>The copier for instances of exactly this type.</summary>
    /// <exception cref="CodecNotFoundException">
    /// The type, or the declared type of a member, cannot be carried.
    /// </exception>
    public Copier Exact(Type type) => _exact.TryGetValue(type, out var known) ? known : Build(type, Resolve);

    /// <summary>The copier for a member declared as <typeparamref name="T"/>. Only while binding.</summary>
    public Copier<T> Declared<T>() => (Copier<T>)Declared(typeof(T));

    /// <summary>The copier for a member declared as <paramref name="type"/>. Only while binding.</summary>
    public Copier Declared(Type type)
    {
        if (type.IsValueType || type.IsSealed || ScalarCopiers.Contains(type))
            return Resolve(type);
        if (!type.IsInterface && !type.IsAbstract && type != typeof(object))
            Resolve(type);
        if (!_byRuntimeType.TryGetValue(type, out var copier))
            _byRuntimeType[type] = copier = Make(typeof(ByRuntimeTypeCopier<>), [type]);
        return copier;
    }

    /// <summary>The copier for a value declared as <typeparamref name="T"/>.</summary>
    public Copier<T> DeclaredAs<T>() => (Copier<T>)Build(typeof(T), Declared);

    private Copier Build(Type type, Func<Type, Copier> find)
    {
        lock (_gate)
        {
            _depth++;
            try
            {
                var copier = find(type);
                if (_depth == 1)
                {
                    foreach (var (key, value) in _pending)
                        _exact[key] = value;
                }

                return copier;
            }
            finally
            {
                if (--_depth == 0)
                    _pending.Clear();
            }
        }
    }

    private Copier Resolve(Type type)
    {
        if (_exact.TryGetValue(type, out var known) || _pending.TryGetValue(type, out known))
            return known;
        var copier = MakeFor(type);
        _pending[type] = copier;
        copier.Bind(this);
        return copier;
    }

    private static Copier MakeFor(Type type)
    {
        if (type.IsByRef || type.IsPointer || type.IsByRefLike)
            throw new NotSupportedException($"Type {type} is a by-ref or pointer type and is therefore not supported.");
        if (IsAddressable(type))
            return Make(typeof(AddressableCopier<>), [type]);
        if (ScalarCopiers.TryMake(type) is { } scalar)
            return scalar;
        if (type.IsArray)
            return MakeForArray(type);
        if (MakeForMemory(type) is { } memory)
            return memory;
        if (BuiltInCopiers.TryMake(type) is { } builtIn)
            return builtIn;
        if (MakeForTuple(type) is { } tuple)
            return tuple;
        if (TypeShape.IsSerializable(type))
            return MakeMemberwise(type);
        if (ConverterTable.TryMake(type) is { } surrogate)
            return surrogate;
        return IsKnownException(type) ? MakeMemberwise(type) : throw NotFound(type);
    }

    // Exceptions of others travel without a declaration: those of the framework, and the runtime's own.
    private static bool IsKnownException(Type type) => type.IsAssignableTo(typeof(Exception))
        && (type.Assembly == typeof(CopierTable).Assembly
            || s_knownNamespaces.Any(n => type.Namespace?.StartsWith(n, StringComparison.Ordinal) == true));

    private static Copier MakeForArray(Type type) => type.IsSZArray
        ? Make(typeof(ArrayCopier<>), [type.GetElementType()!])
        : Make(typeof(MultiDimensionalArrayCopier<,>), [type, type.GetElementType()!]);

    private static Copier? MakeForMemory(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Make(typeof(NullableCopier<>), [underlying]);
        if (type == typeof(ReadOnlyMemory<byte>))
            return new ReadOnlyMemoryCopier();
        if (type == typeof(Memory<byte>))
            return new MemoryCopier();
        return type == typeof(ArraySegment<byte>) ? new ArraySegmentCopier() : null;
    }

    private static Copier? MakeForTuple(Type type)
    {
        var isPair = type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);
        if (!isPair && !(type.IsAssignableTo(typeof(ITuple)) && type.Namespace == "System"))
            return null;
        return type.IsValueType
            ? Make(typeof(StructCopier<>), [type], TypeShape.AllFields(type), false)
            : Make(typeof(ClassCopier<>), [type], TypeShape.AllFields(type), Sharing.WhenPartsAre, true);
    }

    private static Copier MakeMemberwise(Type type)
    {
        IReadOnlyList<ShapeMember> members =
            [.. TypeShape.Levels(type)
                .SelectMany((level, i) => TypeShape.Members(level).Select(m => m with { Level = i }))];
        if (type.IsAssignableTo(typeof(Exception)))
            return Make(typeof(ExceptionCopier<>), [type], members);
        var isImmutable = type.IsDefined(typeof(ImmutableAttribute), false);
        if (type.IsValueType)
            return Make(typeof(StructCopier<>), [type], members, isImmutable);
        var tracks = !type.IsDefined(typeof(SuppressReferenceTrackingAttribute), inherit: true);
        return Make(typeof(ClassCopier<>), [type], members, isImmutable ? Sharing.Always : Sharing.Never, tracks);
    }

    private static bool IsAddressable(Type type) =>
        type.IsAssignableTo(typeof(Runtime.IAddressable));

    private static Copier Make(Type definition, Type[] arguments, params object[] constructorArguments) =>
        (Copier)Activator.CreateInstance(definition.MakeGenericType(arguments), constructorArguments)!;
}
