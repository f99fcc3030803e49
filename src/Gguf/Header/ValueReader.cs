using System.Buffers.Binary;

namespace AgenticOS.Gguf.Header;

/// <summary>Reads metadata values. Type numbers are those of the GGUF specification.</summary>
internal static class ValueReader
{
    private const uint TypeText = 8;
    private const uint TypeArray = 9;

    /// <summary>Reads a value of a type; <paramref name="key"/> is for messages.</summary>
    public static GgufValue Read(HeaderBytes bytes, uint type, string key) => type switch
    {
        TypeText => new GgufValue.Text(bytes.Text(GgufLimits.TextBytes, $"the text of {key}")),
        TypeArray => Array(bytes, key),
        _ => Scalar(bytes, type, key),
    };

    private static GgufValue Scalar(HeaderBytes bytes, uint type, string key)
    {
        var taken = bytes.Take(WidthOf(type, key));
        return type switch
        {
            0 => new GgufValue.Whole(taken[0]),
            1 => new GgufValue.Whole((sbyte)taken[0]),
            2 => new GgufValue.Whole(BinaryPrimitives.ReadUInt16LittleEndian(taken)),
            3 => new GgufValue.Whole(BinaryPrimitives.ReadInt16LittleEndian(taken)),
            4 => new GgufValue.Whole(BinaryPrimitives.ReadUInt32LittleEndian(taken)),
            5 => new GgufValue.Whole(BinaryPrimitives.ReadInt32LittleEndian(taken)),
            6 => new GgufValue.Real(BinaryPrimitives.ReadSingleLittleEndian(taken)),
            7 => new GgufValue.Flag(taken[0] != 0),
            10 => new GgufValue.Whole(BinaryPrimitives.ReadUInt64LittleEndian(taken)),
            11 => new GgufValue.Whole(BinaryPrimitives.ReadInt64LittleEndian(taken)),
            _ => new GgufValue.Real(BinaryPrimitives.ReadDoubleLittleEndian(taken)),
        };
    }

    private static int WidthOf(uint type, string key) => type switch
    {
        0 or 1 or 7 => 1,
        2 or 3 => 2,
        4 or 5 or 6 => 4,
        10 or 11 or 12 => 8,
        _ => throw HeaderBytes.Malformed($"{key} has the unknown type {type}"),
    };

    private static GgufValue.Items Array(HeaderBytes bytes, string key)
    {
        var (type, count) = ArrayHead(bytes, key);
        var isWhole = type is 0 or 1 or 2 or 3 or 4 or 5 or 7 or 10 or 11;
        if (!isWhole || count > GgufLimits.KeptArrayLength)
        {
            SkipElements(bytes, type, count, key, depth: 1);
            return new GgufValue.Items(count, null);
        }

        bytes.Keep(count * sizeof(long));
        var numbers = new long[count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Scalar(bytes, type, key) switch
            {
                GgufValue.Whole whole => (long)Int128.Clamp(whole.Value, long.MinValue, long.MaxValue),
                GgufValue.Flag flag => flag.Value ? 1 : 0,
                _ => 0,
            };
        return new GgufValue.Items(count, numbers);
    }

    /// <summary>Type and length of an array; the length is one that the rest of the file can hold.</summary>
    private static (uint Type, long Count) ArrayHead(HeaderBytes bytes, string key)
    {
        var type = bytes.U32();
        var count = bytes.U64();
        long least = type switch
        {
            TypeText => 8,
            TypeArray => 12,
            _ => WidthOf(type, key),
        };
        if ((UInt128)count * (ulong)least > (ulong)bytes.Remaining)
        {
            var needed = UInt128.Min(((UInt128)count * (ulong)least) + (ulong)bytes.Position, long.MaxValue);
            throw new GgufFaultException(new GgufFault.Truncated((long)needed, bytes.Position + bytes.Remaining));
        }

        return count <= (ulong)GgufLimits.ArrayLength
            ? (type, (long)count)
            : throw HeaderBytes.TooLarge($"{key} is an array of {count}");
    }

    private static void SkipElements(HeaderBytes bytes, uint type, long count, string key, int depth)
    {
        if (depth > GgufLimits.ArrayDepth)
            throw HeaderBytes.TooLarge($"{key} is nested too deeply");
        if (type is not (TypeText or TypeArray))
        {
            bytes.Skip(count * WidthOf(type, key));
            return;
        }

        for (var i = 0L; i < count; i++)
        {
            if (type == TypeText)
            {
                bytes.SkipText();
                continue;
            }

            var (inner, length) = ArrayHead(bytes, key);
            SkipElements(bytes, inner, length, key, depth + 1);
        }
    }
}
