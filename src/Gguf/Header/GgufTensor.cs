namespace AgenticOS.Gguf.Header;

/// <summary>A tensor as the header describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">Its extents, fastest first; none for a scalar.</param>
/// <param name="Type">How its elements are stored.</param>
/// <param name="Offset">Where it begins, counted from the start of the tensor data.</param>
/// <param name="Elements">Product of the extents.</param>
public sealed record GgufTensor(
    string Name,
    IReadOnlyList<long> Dimensions,
    TensorType Type,
    long Offset,
    long Elements)
{
    /// <summary>Its size in the file; null when the type is not known here.</summary>
    public long? Bytes => Type.BytesOf(Elements);
}
