using System.Diagnostics.CodeAnalysis;
using AgenticOS.Kernel.Generation;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.Kernel.Exec;

/// <summary>The keys of hints and how their values are read.</summary>
internal static class ExecHintKeys
{
    /// <summary>Longest key and sign, blanks included: what is longer is text.</summary>
    private const int KeyLength = 32;

    /// <summary>Cuts one hint off the front; false where the prompt begins.</summary>
    public static bool TrySplit(
        ReadOnlySpan<char> text,
        out ReadOnlySpan<char> key,
        out ReadOnlySpan<char> value,
        out ReadOnlySpan<char> after)
    {
        key = value = after = default;
        var sign = text[..Math.Min(text.Length, KeyLength)].IndexOf('=');
        if (sign < 0 || !IsKnown(text[..sign].Trim()))
            return false;
        var rest = text[(sign + 1)..];
        var end = rest.IndexOfAny(';', '\n', '\r');
        if (end < 0 || rest[end] != ';')
            return false;
        key = text[..sign].Trim();
        value = rest[..end].Trim();
        after = rest[(end + 1)..];
        return true;
    }

    /// <summary>Adds one hint that is no generation key; refuses a value that the key does not have.</summary>
    public static bool TryAssign(
        ReadOnlySpan<char> key,
        ReadOnlySpan<char> value,
        ref ExecHints hints,
        [NotNullWhen(false)] out string? error)
    {
        var name = key.ToString().ToLowerInvariant();
        var text = value.ToString().ToLowerInvariant();
        var next = name switch
        {
            "capability" => OfCapability(text) is { } v ? hints with { Capability = v } : null,
            "priority" => OfPriority(text) is { } v ? hints with { Priority = v } : null,
            "on_disconnect" => OfDisconnect(text) is { } v ? hints with { OnDisconnect = v } : null,
            "interactive" => OfFlag(text) is { } v ? hints with { Interactive = v } : null,
            _ => value.IsEmpty ? null : hints with { Model = value.ToString() },
        };
        error = next is null ? $"{name}={Texts.Clip(value)} is not allowed: {name} must be {Allowed(name)}." : null;
        hints = next ?? hints;
        return next is not null;
    }

    /// <summary>A priority by its name; null when there is none such.</summary>
    public static ProcessPriority? OfPriority(string text) => text switch
    {
        "low" => ProcessPriority.Low,
        "normal" => ProcessPriority.Normal,
        "high" => ProcessPriority.High,
        "critical" => ProcessPriority.Critical,
        _ => null,
    };

    private static bool IsKnown(ReadOnlySpan<char> key) => GenerationKeys.IsKnown(key)
        || key.Equals("capability", StringComparison.OrdinalIgnoreCase)
        || key.Equals("model", StringComparison.OrdinalIgnoreCase)
        || key.Equals("priority", StringComparison.OrdinalIgnoreCase)
        || key.Equals("on_disconnect", StringComparison.OrdinalIgnoreCase)
        || key.Equals("interactive", StringComparison.OrdinalIgnoreCase);

    private static Capability? OfCapability(string text) => text switch
    {
        "fast" => Capability.Fast,
        "code" => Capability.Code,
        "reasoning" => Capability.Reasoning,
        "general" => Capability.General,
        _ => null,
    };

    private static DisconnectRule? OfDisconnect(string text) => text switch
    {
        "kill" => DisconnectRule.Kill,
        "continue" => DisconnectRule.Continue,
        _ => null,
    };

    private static bool? OfFlag(string text) => text switch
    {
        "1" or "true" => true,
        "0" or "false" => false,
        _ => null,
    };

    private static string Allowed(string name) => name switch
    {
        "capability" => "fast, code, reasoning or general",
        "priority" => "low, normal, high or critical",
        "on_disconnect" => "kill or continue",
        "interactive" => "0 or 1",
        _ => "the id of a model",
    };
}
