namespace Orleans.Serialization.Copying;

/// <summary>Copies one-dimensional arrays; in one block where the elements can be shared.</summary>
internal sealed class ArrayCopier<T> : ReferenceCopier<T[]>
{
    private Copier<T>? _element;

    public override void Bind(CopierTable table) => _element = table.Declared<T>();

    protected override T[] CopyNew(T[] value, CopyContext context)
    {
        if (value.Length == 0)
            return [];
        var copy = new T[value.Length];
        context.RecordCopy(value, copy);
        if (_element!.IsShallow)
        {
            Array.Copy(value, copy, value.Length);
            return copy;
        }

        for (var i = 0; i < value.Length; i++)
            copy[i] = _element.Copy(value[i], context);
        return copy;
    }

    protected override void WriteNew(T[] value, ValueWriter writer)
    {
        if (value is byte[] bytes)
        {
            writer.Bytes(bytes);
            return;
        }

        writer.Count(value.Length);
        foreach (var item in value)
            _element!.Write(item, writer);
    }

    protected override T[] ReadNew(ValueReader reader, int number)
    {
        var copy = typeof(T) == typeof(byte) ? (T[])(object)reader.Bytes() : new T[reader.Length()];
        reader.Register(number, copy);
        for (var i = 0; i < copy.Length && typeof(T) != typeof(byte); i++)
            copy[i] = _element!.Read(reader);
        return copy;
    }
}

/// <summary>Copies arrays of several dimensions.</summary>
internal sealed class MultiDimensionalArrayCopier<TArray, T> : ReferenceCopier<TArray>
    where TArray : class
{
    private Copier<T>? _element;

    public override void Bind(CopierTable table) => _element = table.Declared<T>();

    protected override TArray CopyNew(TArray value, CopyContext context)
    {
        var copy = (Array)((Array)(object)value).Clone();
        context.RecordCopy(value, copy);
        if (!_element!.IsShallow)
        {
            var lengths = Enumerable.Range(0, copy.Rank).Select(copy.GetLength).ToArray();
            for (long i = 0; i < copy.LongLength; i++)
                CopyElement(copy, Indices(i, lengths), context);
        }

        return (TArray)(object)copy;
    }

    protected override void WriteNew(TArray value, ValueWriter writer)
    {
        var array = (Array)(object)value;
        for (var d = 0; d < array.Rank; d++)
            writer.Count(array.GetLength(d));
        foreach (T item in array)
            _element!.Write(item, writer);
    }

    protected override TArray ReadNew(ValueReader reader, int number)
    {
        var lengths = new int[typeof(TArray).GetArrayRank()];
        for (var d = 0; d < lengths.Length; d++)
            lengths[d] = reader.Length();
        var array = Array.CreateInstance(typeof(T), lengths);
        reader.Register(number, array);
        for (long i = 0; i < array.LongLength; i++)
            array.SetValue(_element!.Read(reader), Indices(i, lengths));
        return (TArray)(object)array;
    }

    private static int[] Indices(long position, int[] lengths)
    {
        var indices = new int[lengths.Length];
        for (var d = lengths.Length - 1; d >= 0; d--)
        {
            indices[d] = (int)(position % lengths[d]);
            position /= lengths[d];
        }

        return indices;
    }

    private void CopyElement(Array copy, int[] indices, CopyContext context) =>
        copy.SetValue(_element!.Copy((T)copy.GetValue(indices)!, context), indices);
}

/// <summary>
/// What a copier of a mutable collection of <typeparamref name="T"/> does: an empty one, then each element.
/// </summary>
internal sealed class CollectionCopier<TCollection, T>(
    Func<TCollection?, TCollection> empty, Action<TCollection, T> add)
    : ReferenceCopier<TCollection>
    where TCollection : class, IReadOnlyCollection<T>
{
    private Copier<T>? _element;

    public override void Bind(CopierTable table) => _element = table.Declared<T>();

    protected override TCollection CopyNew(TCollection value, CopyContext context)
    {
        var copy = empty(value);
        context.RecordCopy(value, copy);
        foreach (var item in value)
            add(copy, _element!.Copy(item, context));
        return copy;
    }

    protected override void WriteNew(TCollection value, ValueWriter writer)
    {
        writer.Count(value.Count);
        foreach (var item in value)
            _element!.Write(item, writer);
    }

    protected override TCollection ReadNew(ValueReader reader, int number)
    {
        var copy = empty(null);
        reader.Register(number, copy);
        for (var left = reader.Length(); left > 0; left--)
            add(copy, _element!.Read(reader));
        return copy;
    }
}

/// <summary>Copies lists; in one block where the elements can be shared.</summary>
internal sealed class ListCopier<T> : ReferenceCopier<List<T>>
{
    private Copier<T>? _element;

    public override void Bind(CopierTable table) => _element = table.Declared<T>();

    protected override List<T> CopyNew(List<T> value, CopyContext context)
    {
        var copy = _element!.IsShallow ? new List<T>(value) : new List<T>(value.Count);
        context.RecordCopy(value, copy);
        if (!_element.IsShallow)
        {
            foreach (var item in value)
                copy.Add(_element.Copy(item, context));
        }

        return copy;
    }

    protected override void WriteNew(List<T> value, ValueWriter writer)
    {
        writer.Count(value.Count);
        foreach (var item in value)
            _element!.Write(item, writer);
    }

    protected override List<T> ReadNew(ValueReader reader, int number)
    {
        var count = reader.Length();
        var copy = new List<T>(count);
        reader.Register(number, copy);
        for (var left = count; left > 0; left--)
            copy.Add(_element!.Read(reader));
        return copy;
    }
}

/// <summary>Copies dictionaries of any kind, keeping their comparer.</summary>
internal sealed class DictionaryCopier<TDictionary, TKey, TValue>(Func<TDictionary?, TDictionary> empty)
    : ReferenceCopier<TDictionary>
    where TDictionary : class, IDictionary<TKey, TValue>
{
    private Copier<TKey>? _key;
    private Copier<TValue>? _value;

    public override void Bind(CopierTable table)
    {
        _key = table.Declared<TKey>();
        _value = table.Declared<TValue>();
    }

    protected override TDictionary CopyNew(TDictionary value, CopyContext context)
    {
        var copy = empty(value);
        context.RecordCopy(value, copy);
        foreach (var (key, item) in value)
            copy.Add(_key!.Copy(key, context), _value!.Copy(item, context));
        return copy;
    }

    protected override void WriteNew(TDictionary value, ValueWriter writer)
    {
        writer.Count(value.Count);
        foreach (var (key, item) in value)
        {
            _key!.Write(key, writer);
            _value!.Write(item, writer);
        }
    }

    protected override TDictionary ReadNew(ValueReader reader, int number)
    {
        var copy = empty(null);
        reader.Register(number, copy);
        for (var left = reader.Length(); left > 0; left--)
            copy.Add(_key!.Read(reader), _value!.Read(reader));
        return copy;
    }
}

/// <summary>Shares an immutable collection of immutable elements, and rebuilds it otherwise.</summary>
internal sealed class ImmutableCollectionCopier<TCollection, T>(Func<TCollection?, IEnumerable<T>, TCollection> rebuild)
    : Copier<TCollection>
    where TCollection : IEnumerable<T>
{
    private Copier<T>? _element;

    public override bool IsShallow => _element is { IsShallow: true };

    public override void Bind(CopierTable table) => _element = table.Declared<T>();

    public override TCollection Copy(TCollection value, CopyContext context)
    {
        if (value is null || IsShallow)
            return value!;
        if (typeof(TCollection).IsValueType)
            return Rebuild(value, context);
        if (context.TryGetCopy(value, out var known))
            return (TCollection)known;
        var copy = Rebuild(value, context);
        context.RecordCopy(value, copy!);
        return copy;
    }

    public override void Write(TCollection value, ValueWriter writer)
    {
        var items = value is null || value.Equals(default(TCollection)) ? null : value.ToArray();
        writer.Byte(items is null ? (byte)0 : (byte)1);
        if (items is null)
            return;
        writer.Count(items.Length);
        foreach (var item in items)
            _element!.Write(item, writer);
    }

    public override TCollection Read(ValueReader reader)
    {
        if (reader.Byte() == 0)
            return default!;
        var items = new T[reader.Length()];
        for (var i = 0; i < items.Length; i++)
            items[i] = _element!.Read(reader);
        return rebuild(default, items);
    }

    private TCollection Rebuild(TCollection value, CopyContext context) =>
        rebuild(value, value.Select(item => _element!.Copy(item, context)));
}
