namespace AgenticOS.Gguf.Header;

/// <summary>Reads a whole header; throws <see cref="GgufFaultException"/>.</summary>
internal static class HeaderReader
{
    private const int DefaultAlignment = 32;
    private const string AlignmentKey = "general.alignment";

    /// <summary>The least that one key and its value take: length of the key, type, one byte.</summary>
    private const int LeastKeyBytes = 13;

    /// <summary>The least that one tensor takes: length of the name, number of dimensions, type, offset.</summary>
    private const int LeastTensorBytes = 24;

    /// <summary>Reads magic, version, counts, metadata and tensors, in the order of the file.</summary>
    public static GgufHeader Read(Stream stream)
    {
        var fileBytes = stream.Length;
        if (fileBytes == 0)
            throw new GgufFaultException(new GgufFault.Empty());
        var bytes = new HeaderBytes(stream, fileBytes);
        CheckMagic(bytes, fileBytes);
        var version = Version(bytes);
        var tensorCount = Count(bytes, GgufLimits.Tensors, "tensors");
        var keyCount = Count(bytes, GgufLimits.Keys, "keys");
        CheckRoom(bytes, ((long)tensorCount * LeastTensorBytes) + ((long)keyCount * LeastKeyBytes));
        var metadata = Metadata(bytes, keyCount);
        var alignment = Alignment(metadata);
        var tensors = TensorReader.Read(bytes, tensorCount, alignment);
        CheckData(tensors, bytes.Position, alignment, fileBytes);
        return new GgufHeader(version, metadata, tensors, fileBytes);
    }

    private static void CheckMagic(HeaderBytes bytes, long fileBytes)
    {
        var magic = "GGUF"u8;
        var found = bytes.Take((int)Math.Min(magic.Length, fileBytes));
        if (!magic.StartsWith(found))
            throw new GgufFaultException(new GgufFault.NotGguf());
        if (found.Length < magic.Length)
            throw new GgufFaultException(new GgufFault.Truncated(magic.Length, fileBytes));
    }

    private static uint Version(HeaderBytes bytes)
    {
        var version = bytes.U32();
        if (version is 2 or 3)
            return version;
        var isBigEndian = (version & 0xFFFF) == 0 && version != 0;
        throw new GgufFaultException(new GgufFault.UnsupportedVersion(version, isBigEndian));
    }

    private static int Count(HeaderBytes bytes, int most, string what)
    {
        var count = bytes.U64();
        return count <= (ulong)most ? (int)count : throw HeaderBytes.TooLarge($"{count} {what}, more than {most}");
    }

    private static void CheckRoom(HeaderBytes bytes, long least)
    {
        if (least > bytes.Remaining)
        {
            throw new GgufFaultException(
                new GgufFault.Truncated(bytes.Position + least, bytes.Position + bytes.Remaining));
        }
    }

    private static Dictionary<string, GgufValue> Metadata(HeaderBytes bytes, int count)
    {
        var metadata = new Dictionary<string, GgufValue>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var key = bytes.Text(GgufLimits.KeyBytes, "a key");
            if (!metadata.TryAdd(key, ValueReader.Read(bytes, bytes.U32(), Shown(key))))
                throw HeaderBytes.Malformed($"{Shown(key)} stands there twice");
        }

        return metadata;
    }

    private static int Alignment(Dictionary<string, GgufValue> metadata)
    {
        if (!metadata.TryGetValue(AlignmentKey, out var value))
            return DefaultAlignment;
        return value is GgufValue.Whole { Value: var alignment } && alignment > 0 && alignment <= 1 << 30
            && Int128.IsPow2(alignment)
            ? (int)alignment
            : throw HeaderBytes.Malformed($"{AlignmentKey} is no power of two");
    }

    /// <summary>The file must be long enough for every tensor whose size is known here.</summary>
    private static void CheckData(List<GgufTensor> tensors, long headerBytes, int alignment, long fileBytes)
    {
        var start = (headerBytes + alignment - 1) / alignment * alignment;
        foreach (var tensor in tensors)
        {
            var end = (Int128)start + tensor.Offset + (tensor.Bytes ?? 0);
            if (end > fileBytes)
            {
                var needed = (long)Int128.Min(end, long.MaxValue);
                throw new GgufFaultException(new GgufFault.Truncated(needed, fileBytes));
            }
        }
    }

    /// <summary>A foreign key for a message.</summary>
    private static string Shown(string key)
    {
        const int longest = 64;
        var shown = key.Length > longest ? key[..longest] + "..." : key;
        return new string([.. shown.Select(letter => char.IsControl(letter) ? '?' : letter)]);
    }
}
