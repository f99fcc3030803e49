using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Serialization.Copying;

/// <summary>Copies memory of bytes into an array of its own.</summary>
internal sealed class MemoryCopier : Copier<Memory<byte>>
{
    public override Memory<byte> Copy(Memory<byte> value, CopyContext context) =>
        value.IsEmpty ? value : value.ToArray();

    public override void Write(Memory<byte> value, ValueWriter writer) => writer.Bytes(value.Span);

    public override Memory<byte> Read(ValueReader reader) => reader.Bytes();
}

/// <inheritdoc cref="MemoryCopier"/>
internal sealed class ReadOnlyMemoryCopier : Copier<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Copy(ReadOnlyMemory<byte> value, CopyContext context) =>
        value.IsEmpty ? value : value.ToArray();

    public override void Write(ReadOnlyMemory<byte> value, ValueWriter writer) => writer.Bytes(value.Span);

    public override ReadOnlyMemory<byte> Read(ValueReader reader) => reader.Bytes();
}

/// <inheritdoc cref="MemoryCopier"/>
internal sealed class ArraySegmentCopier : Copier<ArraySegment<byte>>
{
    public override ArraySegment<byte> Copy(ArraySegment<byte> value, CopyContext context) =>
        value.Array is null ? value : value.ToArray();

    public override void Write(ArraySegment<byte> value, ValueWriter writer) => writer.Bytes(value);

    public override ArraySegment<byte> Read(ValueReader reader) => reader.Bytes();
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

    public override void Write(T? value, ValueWriter writer)
    {
        writer.Byte(value is null ? (byte)0 : (byte)1);
        if (value is { } present)
            _value!.Write(present, writer);
    }

    public override T? Read(ValueReader reader) => reader.Byte() == 0 ? null : _value!.Read(reader);
}

/// <summary>Grains, observers and their references travel as references.</summary>
internal sealed class AddressableCopier<T> : Copier<T>
    where T : class
{
    public override T Copy(T value, CopyContext context) =>
        value is null ? null! : (T)CopyObject(value, context);

    public override object CopyObject(object value, CopyContext context) =>
        context.CopyAddressable is { } copy ? copy(value) : value;

    public override void Write(T value, ValueWriter writer)
    {
        writer.Byte(value is null ? (byte)0 : (byte)1);
        if (value is null)
            return;
        var reference = MessageCopier.Reference(value);
        writer.Text(reference.GrainId.ToString());
        writer.Type(reference.Interface);
    }

    public override T Read(ValueReader reader)
    {
        if (reader.Byte() == 0)
            return null!;
        var id = GrainId.Parse(reader.Text() ?? throw ValueReader.Invalid());
        var caller = reader.Services?.GetService<GrainCaller>()
            ?? throw new SerializerException("A grain reference is read where no silo and no client is.");
        return (T)(object)caller.References.Create(id, reader.Type());
    }
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

    public override void Write(T value, ValueWriter writer)
    {
        writer.Byte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
            _surrogate!.Write(converter.ConvertToSurrogate(in value), writer);
    }

    public override T Read(ValueReader reader) =>
        reader.Byte() == 0 ? default! : converter.ConvertFromSurrogate(_surrogate!.Read(reader));
}
