using System.Diagnostics.CodeAnalysis;

namespace AgenticOS.Kernel.Generation;

/// <summary>Some generation settings and their new values; what is null stays as it was. Kept apart from
/// <see cref="GenerationSettings"/> so that what an agent or an EXEC really asked for can be laid over the defaults of
/// whatever model it meets.</summary>
public sealed record GenerationChange
{
    /// <summary>Changes nothing.</summary>
    public static readonly GenerationChange None = new();

    /// <summary>New temperature.</summary>
    public float? Temperature { get; init; }

    /// <summary>New top_p.</summary>
    public float? TopP { get; init; }

    /// <summary>New top_k.</summary>
    public int? TopK { get; init; }

    /// <summary>New min_p.</summary>
    public float? MinP { get; init; }

    /// <summary>New repeat_penalty.</summary>
    public float? RepeatPenalty { get; init; }

    /// <summary>New seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>New budget of generated tokens.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Reads <c>key=value</c> pairs separated by <c>,</c> or <c>;</c>; empty pairs are skipped, but one pair
    /// there must be. On failure <paramref name="change"/> is <see cref="None"/>.</summary>
    public static bool TryParse(
        string assignments,
        out GenerationChange change,
        [NotNullWhen(false)] out string? error)
    {
        change = None;
        error = null;
        if (assignments.Length > GenerationLimits.AssignmentsLength)
        {
            error = $"The settings are longer than {GenerationLimits.AssignmentsLength} characters.";
            return false;
        }

        var result = None;
        foreach (var range in assignments.AsSpan().SplitAny(',', ';'))
        {
            var pair = assignments.AsSpan(range).Trim();
            if (!pair.IsEmpty && !TryAssign(pair, ref result, out error))
                return false;
        }

        if (result == None)
        {
            error = $"Nothing to set: expected key=value with a key of {GenerationKeys.Listing}.";
            return false;
        }

        change = result;
        return true;
    }

    /// <summary>This change and a later one, which wins where both speak.</summary>
    public GenerationChange Then(GenerationChange later) => new()
    {
        Temperature = later.Temperature ?? Temperature,
        TopP = later.TopP ?? TopP,
        TopK = later.TopK ?? TopK,
        MinP = later.MinP ?? MinP,
        RepeatPenalty = later.RepeatPenalty ?? RepeatPenalty,
        Seed = later.Seed ?? Seed,
        MaxTokens = later.MaxTokens ?? MaxTokens,
    };

    /// <summary>The settings with this change made.</summary>
    public GenerationSettings ApplyTo(GenerationSettings settings) => settings with
    {
        Temperature = Temperature ?? settings.Temperature,
        TopP = TopP ?? settings.TopP,
        TopK = TopK ?? settings.TopK,
        MinP = MinP ?? settings.MinP,
        RepeatPenalty = RepeatPenalty ?? settings.RepeatPenalty,
        Seed = Seed ?? settings.Seed,
        MaxTokens = MaxTokens ?? settings.MaxTokens,
    };

    private static bool TryAssign(
        ReadOnlySpan<char> pair,
        ref GenerationChange change,
        [NotNullWhen(false)] out string? error)
    {
        var sign = pair.IndexOf('=');
        if (sign < 0)
        {
            error = $"'{Texts.Clip(pair)}' is not of the form key=value.";
            return false;
        }

        return GenerationKeys.TryAssign(pair[..sign].Trim(), pair[(sign + 1)..].Trim(), ref change, out error);
    }
}
