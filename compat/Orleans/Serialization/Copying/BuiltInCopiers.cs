using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Reflection;

namespace Orleans.Serialization.Copying;

/// <summary>The collections that are known without attributes, each by the method that makes its copier.</summary>
internal static class BuiltInCopiers
{
    private static readonly Dictionary<Type, string> s_generic = new()
    {
        [typeof(List<>)] = nameof(List),
        [typeof(HashSet<>)] = nameof(Hash),
        [typeof(SortedSet<>)] = nameof(Sorted),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(Stack<>)] = nameof(Stack),
        [typeof(ConcurrentQueue<>)] = nameof(Concurrent),
        [typeof(Collection<>)] = nameof(Plain),
        [typeof(ReadOnlyCollection<>)] = nameof(ReadOnly),
        [typeof(Dictionary<,>)] = nameof(Map),
        [typeof(SortedDictionary<,>)] = nameof(SortedMap),
        [typeof(SortedList<,>)] = nameof(SortedPairs),
        [typeof(ConcurrentDictionary<,>)] = nameof(ConcurrentMap),
        [typeof(ReadOnlyDictionary<,>)] = nameof(ReadOnlyMap),
        [typeof(ImmutableArray<>)] = nameof(FixedArray),
        [typeof(ImmutableList<>)] = nameof(FixedList),
        [typeof(ImmutableHashSet<>)] = nameof(FixedSet),
        [typeof(ImmutableSortedSet<>)] = nameof(FixedSortedSet),
        [typeof(ImmutableQueue<>)] = nameof(FixedQueue),
        [typeof(ImmutableStack<>)] = nameof(FixedStack),
        [typeof(ImmutableDictionary<,>)] = nameof(FixedMap),
        [typeof(ImmutableSortedDictionary<,>)] = nameof(FixedSortedMap),
    };

    /// <summary>The copier of a built-in collection, or null.</summary>
    public static Copier? TryMake(Type type)
    {
        if (type == typeof(BitArray))
            return new BitArrayCopier();
        if (type.IsConstructedGenericType && s_generic.TryGetValue(type.GetGenericTypeDefinition(), out var maker))
            return Call(maker, type.GenericTypeArguments);
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (!level.IsConstructedGenericType)
                continue;
            if (level.GetGenericTypeDefinition() == typeof(FrozenDictionary<,>))
                return Call(nameof(FrozenMap), [type, .. level.GenericTypeArguments]);
            if (level.GetGenericTypeDefinition() == typeof(FrozenSet<>))
                return Call(nameof(Frozen), [type, .. level.GenericTypeArguments]);
        }

        return null;
    }

    private static Copier Call(string maker, Type[] arguments) => (Copier)typeof(BuiltInCopiers)
        .GetMethod(maker, BindingFlags.Static | BindingFlags.NonPublic)!
        .MakeGenericMethod(arguments)
        .Invoke(null, null)!;

    private static ListCopier<T> List<T>() => new();

    private static CollectionCopier<HashSet<T>, T> Hash<T>() =>
        new(s => new HashSet<T>(s?.Comparer), (s, item) => s.Add(item));

    private static CollectionCopier<SortedSet<T>, T> Sorted<T>() =>
        new(s => new SortedSet<T>(s?.Comparer), (s, item) => s.Add(item));

    private static CollectionCopier<Queue<T>, T> Queue<T>() =>
        new(_ => new Queue<T>(), (q, item) => q.Enqueue(item));

    private static CollectionCopier<ConcurrentQueue<T>, T> Concurrent<T>() =>
        new(_ => new ConcurrentQueue<T>(), (q, item) => q.Enqueue(item));

    private static CollectionCopier<Collection<T>, T> Plain<T>() => new(_ => [], (c, item) => c.Add(item));

    private static StackCopier<T> Stack<T>() => new();

    private static ImmutableCollectionCopier<ReadOnlyCollection<T>, T> ReadOnly<T>() =>
        new((_, items) => new ReadOnlyCollection<T>(items.ToList()));

    private static DictionaryCopier<Dictionary<TKey, TValue>, TKey, TValue> Map<TKey, TValue>()
        where TKey : notnull => new(d => new Dictionary<TKey, TValue>(d?.Comparer));

    private static DictionaryCopier<SortedDictionary<TKey, TValue>, TKey, TValue> SortedMap<TKey, TValue>()
        where TKey : notnull => new(d => new SortedDictionary<TKey, TValue>(d?.Comparer));

    private static DictionaryCopier<SortedList<TKey, TValue>, TKey, TValue> SortedPairs<TKey, TValue>()
        where TKey : notnull => new(d => new SortedList<TKey, TValue>(d?.Comparer));

    private static DictionaryCopier<ConcurrentDictionary<TKey, TValue>, TKey, TValue> ConcurrentMap<TKey, TValue>()
        where TKey : notnull => new(d => new ConcurrentDictionary<TKey, TValue>(d?.Comparer));

    private static ImmutableCollectionCopier<ReadOnlyDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
        ReadOnlyMap<TKey, TValue>()
        where TKey : notnull =>
        new((_, items) => new ReadOnlyDictionary<TKey, TValue>(new Dictionary<TKey, TValue>(items)));

    private static ImmutableCollectionCopier<ImmutableArray<T>, T> FixedArray<T>() =>
        new((_, items) => [.. items]);

    private static ImmutableCollectionCopier<ImmutableList<T>, T> FixedList<T>() => new((_, items) => [.. items]);

    private static ImmutableCollectionCopier<ImmutableHashSet<T>, T> FixedSet<T>() =>
        new((s, items) => items.ToImmutableHashSet(s?.KeyComparer));

    private static ImmutableCollectionCopier<ImmutableSortedSet<T>, T> FixedSortedSet<T>() =>
        new((s, items) => items.ToImmutableSortedSet(s?.KeyComparer));

    private static ImmutableCollectionCopier<ImmutableQueue<T>, T> FixedQueue<T>() => new((_, items) => [.. items]);

    private static ImmutableCollectionCopier<ImmutableStack<T>, T> FixedStack<T>() =>
        new((_, items) => ImmutableStack.CreateRange(items.Reverse()));

    private static ImmutableCollectionCopier<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
        FixedMap<TKey, TValue>()
        where TKey : notnull => new((d, items) => items.ToImmutableDictionary(d?.KeyComparer, d?.ValueComparer));

    private static ImmutableCollectionCopier<ImmutableSortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
        FixedSortedMap<TKey, TValue>()
        where TKey : notnull => new((d, items) => items.ToImmutableSortedDictionary(d?.KeyComparer, d?.ValueComparer));

    private static ImmutableCollectionCopier<TExact, KeyValuePair<TKey, TValue>> FrozenMap<TExact, TKey, TValue>()
        where TExact : FrozenDictionary<TKey, TValue>
        where TKey : notnull => new((d, items) => (TExact)items.ToFrozenDictionary(d?.Comparer));

    private static ImmutableCollectionCopier<TExact, T> Frozen<TExact, T>()
        where TExact : FrozenSet<T> => new((s, items) => (TExact)items.ToFrozenSet(s?.Comparer));

    private sealed class StackCopier<T> : ReferenceCopier<Stack<T>>
    {
        private Copier<T>? _element;

        public override void Bind(CopierTable table) => _element = table.Declared<T>();

        protected override Stack<T> CopyNew(Stack<T> value, CopyContext context)
        {
            var copy = new Stack<T>(value.Count);
            context.RecordCopy(value, copy);
            foreach (var item in value.Reverse())
                copy.Push(_element!.Copy(item, context));
            return copy;
        }

        protected override void WriteNew(Stack<T> value, ValueWriter writer)
        {
            writer.Count(value.Count);
            foreach (var item in value.Reverse())
                _element!.Write(item, writer);
        }

        protected override Stack<T> ReadNew(ValueReader reader, int number)
        {
            var copy = new Stack<T>();
            reader.Register(number, copy);
            for (var left = reader.Length(); left > 0; left--)
                copy.Push(_element!.Read(reader));
            return copy;
        }
    }

    private sealed class BitArrayCopier : ReferenceCopier<BitArray>
    {
        protected override BitArray CopyNew(BitArray value, CopyContext context) => new(value);

        protected override void WriteNew(BitArray value, ValueWriter writer)
        {
            var bytes = new byte[(value.Length + 7) / 8];
            value.CopyTo(bytes, 0);
            writer.Int32(value.Length);
            writer.Bytes(bytes);
        }

        protected override BitArray ReadNew(ValueReader reader, int number)
        {
            var length = reader.Int32();
            return new BitArray(reader.Bytes()) { Length = length };
        }
    }
}
