using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using AgenticOS.Kernel.Prompting;

namespace AgenticOS.Kernel.Generation;

/// <summary>How tokens are chosen and how many. The text form (<see cref="ToString"/>) is what SET_GEN and GET_GEN
/// answer and what travels between grains; <see cref="Parse"/> reads it back to an equal value.</summary>
public sealed record GenerationSettings
{
    private GenerationSettings()
    {
    }

    /// <summary>Divides the logits; 0 to 2, 0 is greedy.</summary>
    public required float Temperature { get; init; }

    /// <summary>Keeps the most likely tokens up to this probability mass; 0 to 1, 1 is off.</summary>
    public required float TopP { get; init; }

    /// <summary>Keeps this many of the most likely tokens; 0 is off.</summary>
    public int TopK { get; init; }

    /// <summary>Drops tokens less likely than this share of the best one; 0 to 1, 0 is off.</summary>
    public float MinP { get; init; }

    /// <summary>Divides the logits of recent tokens; above 0 to 2, 1 is off.</summary>
    public float RepeatPenalty { get; init; } = 1;

    /// <summary>Seed of the sampler.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Budget of generated tokens, at least 1; the prompt does not count.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>What the original kernel starts with: temperature 0.7, top_p 0.9 (Mistral 0.92), seed 299792458,
    /// 500 tokens, and no top_k, min_p or repeat_penalty, which it did not have.</summary>
    public static GenerationSettings Default(PromptFamily family = PromptFamily.Unknown) => new()
    {
        Temperature = 0.7f,
        TopP = family == PromptFamily.Mistral ? 0.92f : 0.9f,
        Seed = 299_792_458,
        MaxTokens = 500,
    };

    /// <summary>Applies <c>key=value</c> pairs separated by <c>,</c> or <c>;</c>, all or none.</summary>
    /// <param name="assignments">What SET_GEN carries.</param>
    /// <param name="settings">The settings afterwards; unchanged ones when false is returned.</param>
    /// <param name="error">One line that names key, value and allowed range; null when true is returned.</param>
    public bool TryApply(string assignments, out GenerationSettings settings, [NotNullWhen(false)] out string? error)
    {
        settings = this;
        if (!GenerationChange.TryParse(assignments, out var change, out error))
            return false;
        settings = change.ApplyTo(this);
        return true;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote: blank-separated pairs over the defaults.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out GenerationSettings? settings,
        [NotNullWhen(false)] out string? error)
    {
        settings = null;
        if (!GenerationChange.TryParse(text.Replace(' ', ';'), out var change, out error))
            return false;
        settings = change.ApplyTo(Default());
        return true;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote, in places where anything else is our own bug.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static GenerationSettings Parse(string text) =>
        TryParse(text, out var settings, out var error) ? settings : throw new FormatException(error);

    /// <summary>As SET_GEN answers: <c>temperature=0.5 top_p=1 seed=7 max_tokens=64</c>, then top_k, min_p and
    /// repeat_penalty where they are not off. Numbers are the shortest that read back to the same value.</summary>
    public override string ToString() => Write('=');

    /// <summary>As STATUS shows it: <c>temperature:0.7 top_p:0.9 seed:299792458 max_tokens:500</c>, and so
    /// on.</summary>
    public string ToStatusText() => Write(':');

    private string Write(char sign)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture,
            $"temperature{sign}{Temperature} top_p{sign}{TopP} seed{sign}{Seed} max_tokens{sign}{MaxTokens}");
        if (TopK != 0)
            text.Append(CultureInfo.InvariantCulture, $" top_k{sign}{TopK}");
        if (MinP != 0)
            text.Append(CultureInfo.InvariantCulture, $" min_p{sign}{MinP}");
        if (RepeatPenalty != 1)
            text.Append(CultureInfo.InvariantCulture, $" repeat_penalty{sign}{RepeatPenalty}");
        return text.ToString();
    }
}
