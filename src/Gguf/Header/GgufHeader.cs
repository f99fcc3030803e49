namespace AgenticOS.Gguf.Header;

/// <summary>The header of one GGUF file: metadata and the list of tensors. Reading takes bounded time and memory,
/// whatever the bytes are; see <see cref="GgufLimits"/>.</summary>
/// <param name="Version">2 or 3.</param>
/// <param name="Metadata">Values by key.</param>
/// <param name="Tensors">Tensors in the order of the file; none in a file that only holds a vocabulary.</param>
/// <param name="FileBytes">Length of the file.</param>
public sealed record GgufHeader(
    uint Version,
    IReadOnlyDictionary<string, GgufValue> Metadata,
    IReadOnlyList<GgufTensor> Tensors,
    long FileBytes)
{
    /// <summary>Reads the header at the start of a seekable stream, and checks that the stream is long enough to hold
    /// the tensors it announces.</summary>
    public static HeaderReading Read(Stream stream)
    {
        try
        {
            return new HeaderReading.Read(HeaderReader.Read(stream));
        }
        catch (GgufFaultException fault)
        {
            return new HeaderReading.Faulty(fault.Fault);
        }
        catch (IOException fault)
        {
            return new HeaderReading.Faulty(new GgufFault.Unreadable(fault.Message));
        }
    }

    /// <summary>A text, or null when the key is missing or holds something else.</summary>
    public string? Text(string key) => Metadata.GetValueOrDefault(key) is GgufValue.Text text ? text.Value : null;

    /// <summary>A whole number from 0 to <see cref="int.MaxValue"/>, or null when the key is missing or holds something
    /// else.</summary>
    public int? Number(string key) =>
        Metadata.GetValueOrDefault(key) is GgufValue.Whole { Value: var value } && value >= 0 && value <= int.MaxValue
            ? (int)value
            : null;

    /// <summary>An array, or null when the key is missing or holds something else.</summary>
    public GgufValue.Items? Items(string key) => Metadata.GetValueOrDefault(key) as GgufValue.Items;
}

/// <summary>What came of reading a header.</summary>
public abstract record HeaderReading
{
    private HeaderReading()
    {
    }

    /// <summary>It could be read.</summary>
    public sealed record Read(GgufHeader Header) : HeaderReading;

    /// <summary>It could not.</summary>
    public sealed record Faulty(GgufFault Fault) : HeaderReading;
}
