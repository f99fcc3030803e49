using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AgenticOS.Kernel.Generation;

/// <summary>The keys of generation settings: their names, aliases, ranges, and how a value is read. Keys are compared
/// without regard to case.</summary>
public static class GenerationKeys
{
    /// <summary>Every key under its main name, for messages.</summary>
    public const string Listing = "temperature, top_p, top_k, min_p, repeat_penalty, seed, max_tokens";

    private static readonly Dictionary<string, string> MainNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["temperature"] = "temperature",
        ["temp"] = "temperature",
        ["top_p"] = "top_p",
        ["topp"] = "top_p",
        ["top_k"] = "top_k",
        ["topk"] = "top_k",
        ["min_p"] = "min_p",
        ["minp"] = "min_p",
        ["repeat_penalty"] = "repeat_penalty",
        ["seed"] = "seed",
        ["max_tokens"] = "max_tokens",
        ["max_new_tokens"] = "max_tokens",
    };

    /// <summary>True for a main name or an alias.</summary>
    public static bool IsKnown(ReadOnlySpan<char> key) =>
        MainNames.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(key);

    /// <summary>Adds one assignment to a change; refuses unknown keys, keys that were set before, and values that are
    /// not a number in the key's range.</summary>
    internal static bool TryAssign(
        ReadOnlySpan<char> key,
        ReadOnlySpan<char> value,
        ref GenerationChange change,
        [NotNullWhen(false)] out string? error)
    {
        if (!MainNames.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out var name))
        {
            error = Unknown(Texts.Clip(key));
            return false;
        }

        if (IsSet(name, change))
        {
            error = $"{name} is set twice.";
            return false;
        }

        var next = With(name, value, change);
        error = next is null ? $"{name}={Texts.Clip(value)} is not allowed: {name} must be {Range(name)}." : null;
        change = next ?? change;
        return next is not null;
    }

    private static bool IsSet(string name, GenerationChange change) => name switch
    {
        "temperature" => change.Temperature is not null,
        "top_p" => change.TopP is not null,
        "top_k" => change.TopK is not null,
        "min_p" => change.MinP is not null,
        "repeat_penalty" => change.RepeatPenalty is not null,
        "seed" => change.Seed is not null,
        _ => change.MaxTokens is not null,
    };

    private static GenerationChange? With(string name, ReadOnlySpan<char> value, GenerationChange change) => name switch
    {
        "temperature" => Real(value, GenerationLimits.Temperature) is { } v ? change with { Temperature = v } : null,
        "top_p" => Real(value, GenerationLimits.TopP) is { } v ? change with { TopP = v } : null,
        "top_k" => Whole(value, 0, GenerationLimits.TopK) is { } v ? change with { TopK = v } : null,
        "min_p" => Real(value, GenerationLimits.MinP) is { } v ? change with { MinP = v } : null,
        "repeat_penalty" => Real(value, GenerationLimits.RepeatPenalty) is { } v and > 0
            ? change with { RepeatPenalty = v }
            : null,
        "seed" => ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var v)
            ? change with { Seed = v }
            : null,
        _ => Whole(value, 1, GenerationLimits.MaxTokens) is { } v ? change with { MaxTokens = v } : null,
    };

    private static string Range(string name) => name switch
    {
        "temperature" => "a number from 0 to 2",
        "top_p" or "min_p" => "a number from 0 to 1",
        "top_k" => "a whole number from 0 (off) to 1000000",
        "repeat_penalty" => "a number above 0 and up to 2",
        "seed" => "a whole number from 0 to 18446744073709551615",
        _ => "a whole number from 1 to 2147483647",
    };

    /// <summary>A number from 0 to a bound; -0 becomes 0, and NaN is in no range.</summary>
    private static float? Real(ReadOnlySpan<char> text, float highest)
    {
        const NumberStyles styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent
            | NumberStyles.AllowLeadingSign;
        var isRead = float.TryParse(text, styles, CultureInfo.InvariantCulture, out var value);
        return isRead && value >= 0 && value <= highest ? value + 0f : null;
    }

    private static int? Whole(ReadOnlySpan<char> text, int lowest, int highest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= lowest && value <= highest ? value : null;

    private static string Unknown(string key)
    {
        var nearest = Texts.Nearest(key, MainNames.Keys);
        return nearest is null
            ? $"Unknown key '{key}'; the keys are {Listing}."
            : $"Unknown key '{key}'; did you mean {nearest}? The keys are {Listing}.";
    }
}
