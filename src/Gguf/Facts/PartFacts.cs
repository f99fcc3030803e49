using AgenticOS.Gguf.Header;

namespace AgenticOS.Gguf.Facts;

/// <summary>What one file adds to a model: its weights, and its place among the parts.</summary>
/// <param name="Parameters">Elements of its tensors.</param>
/// <param name="WeightBytes">Bytes of its tensors.</param>
/// <param name="FileBytes">Its length.</param>
/// <param name="Part">Its number, from 1.</param>
/// <param name="Parts">How many there are; 1 when the model is one file.</param>
internal sealed record PartFacts(long Parameters, long WeightBytes, long FileBytes, int Part, int Parts)
{
    /// <summary>Reads them off a header; throws <see cref="GgufFaultException"/>.</summary>
    public static PartFacts From(GgufHeader header)
    {
        Int128 parameters = 0;
        Int128 weightBytes = 0;
        foreach (var tensor in header.Tensors)
        {
            parameters += tensor.Elements;
            weightBytes += tensor.Bytes ?? 0;
        }

        if (parameters > long.MaxValue)
            throw HeaderBytes.Malformed("the tensors have more elements than can be counted");
        var isComplete = header.Tensors.All(tensor => tensor.Bytes is not null);
        var parts = Math.Max(1, header.Number("split.count") ?? 1);
        var part = (header.Number("split.no") ?? 0) + 1L;
        if (parts > GgufLimits.Parts)
            throw HeaderBytes.TooLarge($"{parts} parts, more than {GgufLimits.Parts}");
        if (part > parts)
            throw HeaderBytes.Malformed($"part {part} of {parts}");
        // The weights lie in the file, so its length bounds them; it stands in where a type is not known.
        var weights = isComplete ? Int128.Min(weightBytes, header.FileBytes) : header.FileBytes;
        return new PartFacts((long)parameters, (long)weights, header.FileBytes, (int)part, parts);
    }
}
