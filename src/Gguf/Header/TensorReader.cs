namespace AgenticOS.Gguf.Header;

/// <summary>Reads the descriptions of tensors.</summary>
internal static class TensorReader
{
    /// <summary>What a description takes in memory besides its name, roughly.</summary>
    private const int KeptBytesPerTensor = 112;

    /// <summary>Reads that many descriptions.</summary>
    public static List<GgufTensor> Read(HeaderBytes bytes, int count, int alignment)
    {
        var tensors = new List<GgufTensor>();
        for (var i = 0; i < count; i++)
            tensors.Add(One(bytes, alignment));
        return tensors;
    }

    private static GgufTensor One(HeaderBytes bytes, int alignment)
    {
        var name = bytes.Text(GgufLimits.TensorNameBytes, "the name of a tensor");
        bytes.Keep(KeptBytesPerTensor);
        var count = bytes.U32();
        if (count > GgufLimits.Dimensions)
            throw HeaderBytes.Malformed($"a tensor of {count} dimensions");
        var dimensions = new long[count];
        Int128 elements = 1;
        for (var i = 0; i < dimensions.Length; i++)
        {
            var extent = bytes.U64();
            elements = extent <= long.MaxValue ? elements * extent : Int128.MaxValue;
            if (elements > long.MaxValue)
                throw HeaderBytes.Malformed("a tensor has more elements than can be counted");
            dimensions[i] = (long)extent;
        }

        var type = new TensorType(bytes.U32());
        var offset = bytes.U64();
        if (offset > long.MaxValue || offset % (ulong)alignment != 0)
            throw HeaderBytes.Malformed("the offset of a tensor is not aligned");
        return new GgufTensor(name, dimensions, type, (long)offset, (long)elements);
    }
}
