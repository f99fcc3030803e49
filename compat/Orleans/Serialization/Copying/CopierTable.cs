using System.Collections.Concurrent;
using System.Collections.Specialized;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Orleans.Serialization.Copying;

/// <summary>The copiers of all types met so far. Thread-safe; a type is analysed and compiled once per process.</summary>
internal sealed class CopierTable
{
    private static readonly HashSet<Type> s_shared =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan),
        typeof(DateOnly), typeof(TimeOnly), typeof(Uri), typeof(Version), typeof(IPAddress), typeof(IPEndPoint),
        typeof(CultureInfo), typeof(CompareInfo), typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(Half),
        typeof(BitVector32), typeof(CancellationToken), typeof(System.Text.Rune),
    ];

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
    /// <exception cref="CodecNotFoundException">The type, or the declared type of a member, cannot be carried.</exception>
    public Copier Exact(Type type) => _exact.TryGetValue(type, out var known) ? known : Build(type);

    /// <summary>The copier for a member declared as <typeparamref name="T"/>. Only while binding.</summary>
    public Copier<T> Declared<T>() => (Copier<T>)Declared(typeof(T));

    /// <summary>The copier for a member declared as <paramref name="type"/>. Only while binding.</summary>
    public Copier Declared(Type type)
    {
        if (type.IsValueType || type.IsSealed || s_shared.Contains(type))
            return Resolve(type);
        if (!type.IsInterface && !type.IsAbstract && type != typeof(object))
            Resolve(type);
        if (!_byRuntimeType.TryGetValue(type, out var copier))
            _byRuntimeType[type] = copier = Make(typeof(ByRuntimeTypeCopier<>), [type]);
        return copier;
    }

    private Copier Build(Type type)
    {
        lock (_gate)
        {
            _depth++;
            try
            {
                var copier = Resolve(type);
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

    private Copier MakeFor(Type type)
    {
        if (type.IsByRef || type.IsPointer || type.IsByRefLike)
            throw new NotSupportedException($"Type {type} is a by-ref or pointer type and is therefore not supported.");
        if (IsAddressable(type))
            return Make(typeof(AddressableCopier<>), [type]);
        if (type.IsPrimitive || type.IsEnum || s_shared.Contains(type) || type == typeof(object)
            || type.IsAssignableTo(typeof(Type)))
            return Make(typeof(ShallowCopier<>), [type]);
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
        return type.IsAssignableTo(typeof(Exception)) ? MakeMemberwise(type) : throw NotFound(type);
    }

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
        var isPair = type.IsConstructedGenericType
            && (type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
                || type.GetGenericTypeDefinition() == typeof(Concurrency.Immutable<>));
        if (!isPair && !(type.IsAssignableTo(typeof(ITuple)) && type.Namespace == "System"))
            return null;
        if (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(Concurrency.Immutable<>))
            return Make(typeof(ShallowCopier<>), [type]);
        return Make(type.IsValueType ? typeof(StructCopier<>) : typeof(TupleCopier<>), [type], TypeShape.AllFields(type));
    }

    private Copier MakeMemberwise(Type type)
    {
        IReadOnlyList<ShapeMember> members = [.. TypeShape.Levels(type).SelectMany(TypeShape.Members)];
        if (type.IsAssignableTo(typeof(Exception)))
            return Make(typeof(ExceptionCopier<>), [type], members);
        if (type.IsDefined(typeof(ImmutableAttribute), false))
        {
            var shared = Make(typeof(ShallowCopier<>), [type]);
            _pending[type] = shared;
            foreach (var member in members)
                Declared(member.Type);
            return shared;
        }

        if (type.IsValueType)
            return Make(typeof(StructCopier<>), [type], members);
        var tracks = !type.IsDefined(typeof(SuppressReferenceTrackingAttribute), inherit: true);
        return Make(typeof(ClassCopier<>), [type], members, tracks);
    }

    private static bool IsAddressable(Type type) =>
        type.GetInterface("Orleans.Runtime.IAddressable") is not null || type.FullName == "Orleans.Runtime.IAddressable";

    private static Copier Make(Type definition, Type[] arguments, params object[] constructorArguments) =>
        (Copier)Activator.CreateInstance(definition.MakeGenericType(arguments), constructorArguments)!;
}
