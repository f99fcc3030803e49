using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Orleans.Runtime;

/// <summary>
/// How integers and GUIDs are written as grain keys: hexadecimal, capitals, and 32 digits without hyphens.
/// </summary>
public static class GrainIdKeyExtensions
{
    /// <summary>The key of an integer.</summary>
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X"));

    /// <summary>The key of a GUID.</summary>
    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    /// <summary>Reads the integer key; an extension after a plus sign comes out apart.</summary>
    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var text = SplitExtension(grainId, out keyExt);
        return Utf8Parser.TryParse(text, out key, out var read, 'X') && read == text.Length && read > 0;
    }

    /// <summary>The integer key; throws when the key is none.</summary>
    public static long GetIntegerKey(this GrainId grainId) => grainId.GetIntegerKey(out _);

    /// <summary>The integer key; throws when the key is none.</summary>
    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetIntegerKey(out var key, out keyExt) ? key : throw Malformed(grainId, "an Integer");

    /// <summary>Reads the GUID key; an extension after a plus sign comes out apart.</summary>
    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        var text = SplitExtension(grainId, out keyExt);
        return Utf8Parser.TryParse(text, out key, out var read, 'N') && read == 32 && read == text.Length;
    }

    /// <summary>The GUID key; throws when the key is none.</summary>
    public static Guid GetGuidKey(this GrainId grainId) => grainId.GetGuidKey(out _);

    /// <summary>The GUID key; throws when the key is none.</summary>
    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) =>
        grainId.TryGetGuidKey(out var key, out keyExt) ? key : throw Malformed(grainId, "a Guid");

    private static ReadOnlySpan<byte> SplitExtension(GrainId grainId, out string? extension)
    {
        var text = grainId.Key.AsSpan();
        var plus = text.IndexOf((byte)'+');
        extension = plus < 0 ? null : Encoding.UTF8.GetString(text[(plus + 1)..]);
        return plus < 0 ? text : text[..plus];
    }

    private static ArgumentException Malformed(GrainId grainId, [ConstantExpected] string kind) =>
        new($"Value \"{grainId}\" is not in the correct format for {kind} key.", nameof(grainId));
}
