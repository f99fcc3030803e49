using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Orleans.Serialization.Copying;

/// <summary>
/// Collects the bytes of one value. Numbers are little endian or of variable length; types and texts are named once.
/// </summary>
internal sealed class ValueWriter
{
    private readonly Dictionary<object, int> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, int> _types = [];
    private byte[] _bytes = new byte[256];
    private int _length;

    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    public void Byte(byte value) => Take(1)[0] = value;

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    /// <summary>Seven bits a byte, the lowest first.</summary>
    public void Count(long value)
    {
        for (; value > 127; value >>= 7)
            Byte((byte)(value | 128));
        Byte((byte)value);
    }

    public void Raw(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Count(value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <summary>A text of UTF-16 code units in UTF-8 where that is faithful; null is one of its own.</summary>
    public void Text(string? value)
    {
        if (value is null)
        {
            Byte(0);
            return;
        }

        var utf8 = Encoding.UTF8.GetBytes(value);
        var faithful = Encoding.UTF8.GetString(utf8) == value;
        Byte(faithful ? (byte)1 : (byte)2);
        Bytes(faithful ? utf8 : MemoryMarshal.AsBytes(value.AsSpan()));
    }

    public void Type(Type type)
    {
        var known = _types.TryGetValue(type, out var index);
        Count(known ? index + 1 : 0);
        if (known)
            return;
        _types[type] = _types.Count;
        Text(TypeNames.Format(type));
    }

    /// <summary>Whether the instance was written before; gives its number either way.</summary>
    public bool IsKnown(object instance, out int number)
    {
        if (_seen.TryGetValue(instance, out number))
            return true;
        _seen[instance] = number = _seen.Count;
        return false;
    }

    /// <summary>Leaves room for a length; <see cref="EndPart"/> fills it.</summary>
    public int BeginPart()
    {
        Int32(0);
        return _length;
    }

    public void EndPart(int begin) =>
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(begin - 4), _length - begin);

    private Span<byte> Take(int count)
    {
        if (_length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
