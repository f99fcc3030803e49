namespace Orleans.Serialization.Copying;

/// <summary>Copies memory of bytes into an array of its own.</summary>
internal sealed class MemoryCopier : Copier<Memory<byte>>
{
    public override Memory<byte> Copy(Memory<byte> value, CopyContext context) => value.IsEmpty ? value : value.ToArray();
}

/// <inheritdoc cref="MemoryCopier"/>
internal sealed class ReadOnlyMemoryCopier : Copier<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Copy(ReadOnlyMemory<byte> value, CopyContext context) =>
        value.IsEmpty ? value : value.ToArray();
}

/// <inheritdoc cref="MemoryCopier"/>
internal sealed class ArraySegmentCopier : Copier<ArraySegment<byte>>
{
    public override ArraySegment<byte> Copy(ArraySegment<byte> value, CopyContext context) =>
        value.Array is null ? value : value.ToArray();
}

/// <summary>Copies the value of a nullable struct.</summary>
internal sealed class NullableCopier<T> : Copier<T?>
    where T : struct
{
    private Copier<T>? _value;

    public override bool IsShallow => _value is { IsShallow: true };

    public override void Bind(CopierTable table) => _value = table.Declared<T>();

    public override T? Copy(T? value, CopyContext context) =>
        value is { } present ? _value!.Copy(present, context) : null;
}

/// <summary>Copies tuples of a class type, which have no setters but may be shared when their items may.</summary>
internal sealed class TupleCopier<T>(IReadOnlyList<ShapeMember> members) : Copier<T>
    where T : class
{
    private readonly ClassCopier<T> _deep = new(members, tracksReferences: true);
    private bool _isShallow;

    public override bool IsShallow => _isShallow;

    public override void Bind(CopierTable table)
    {
        _isShallow = members.All(m => MemberwiseCode.IsShared(m, table));
        _deep.Bind(table);
    }

    public override T Copy(T value, CopyContext context) => _isShallow ? value : _deep.Copy(value, context);
}

/// <summary>Grains, observers and their references travel as references.</summary>
internal sealed class AddressableCopier<T> : Copier<T>
    where T : class
{
    public override T Copy(T value, CopyContext context) =>
        value is null ? null! : (T)CopyObject(value, context);

    public override object CopyObject(object value, CopyContext context) =>
        context.CopyAddressable is { } copy ? copy(value) : value;
}

/// <summary>Copies a foreign type by way of its surrogate.</summary>
internal sealed class SurrogateCopier<T, TSurrogate>(IConverter<T, TSurrogate> converter) : Copier<T>
    where TSurrogate : struct
{
    private Copier<TSurrogate>? _surrogate;

    public override void Bind(CopierTable table) => _surrogate = table.Declared<TSurrogate>();

    public override T Copy(T value, CopyContext context)
    {
        if (value is null)
            return value;
        if (!typeof(T).IsValueType && context.TryGetCopy(value, out var known))
            return (T)known;
        var copy = converter.ConvertFromSurrogate(_surrogate!.Copy(converter.ConvertToSurrogate(in value), context));
        if (!typeof(T).IsValueType)
            context.RecordCopy(value, copy!);
        return copy;
    }
}
