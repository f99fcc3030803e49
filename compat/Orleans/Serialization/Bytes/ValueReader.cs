using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Orleans.Serialization.Copying;

/// <summary>
/// Reads what <see cref="ValueWriter"/> wrote. Bytes that are something else fail with a
/// <see cref="SerializerException"/>.
/// </summary>
internal sealed class ValueReader(ReadOnlyMemory<byte> source, IServiceProvider? services)
{
    private readonly Dictionary<int, object> _instances = [];
    private readonly List<Type> _types = [];
    private int _position;

    public IServiceProvider? Services => services;

    public byte Byte() => Take(1)[0];

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public long Count()
    {
        long value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = Byte();
            value |= (long)(part & 127) << shift;
            if (part < 128)
                return value;
        }

        throw Invalid();
    }

    /// <summary>A number of items; never more than bytes are left, so that nonsense allocates nothing.</summary>
    public int Length()
    {
        var count = Count();
        return count <= source.Length - _position ? (int)count : throw Invalid();
    }

    public ReadOnlySpan<byte> Raw(int count) => Take(count);

    public byte[] Bytes() => Take(Length()).ToArray();

    public string? Text() => Byte() switch
    {
        0 => null,
        1 => Encoding.UTF8.GetString(Take(Length())),
        2 => new string(MemoryMarshal.Cast<byte, char>(Take(Length()))),
        _ => throw Invalid(),
    };

    public Type Type()
    {
        var index = Count();
        if (index > _types.Count)
            throw Invalid();
        if (index > 0)
            return _types[(int)index - 1];
        var type = TypeNames.Parse(Text() ?? throw Invalid());
        _types.Add(type);
        return type;
    }

    public void Register(int number, object instance) => _instances[number] = instance;

    public object Known(int number) => _instances.TryGetValue(number, out var known) ? known : throw Invalid();

    /// <summary>Where a part that begins here ends.</summary>
    public int BeginPart()
    {
        var length = Int32();
        return length >= 0 && length <= source.Length - _position ? _position + length : throw Invalid();
    }

    public void SkipTo(int end) => _position = end;

    public static SerializerException Invalid() => new("The bytes are not what this serializer writes.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > source.Length - _position)
            throw Invalid();
        _position += count;
        return source.Span.Slice(_position - count, count);
    }
}
