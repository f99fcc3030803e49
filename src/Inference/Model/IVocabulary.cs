namespace AgenticOS.Inference.Model;

/// <summary>The tokens of a model. Safe for use from several threads.</summary>
public interface IVocabulary
{
    /// <summary>How many tokens; ids run from zero to one below it.</summary>
    int Size { get; }

    /// <summary>The token every prompt of this model begins with, or null when it wants none.</summary>
    int? Beginning { get; }

    /// <summary>
    /// The tokens of a text, without a beginning token of the library's own. With
    /// <paramref name="parseSpecial"/> the written form of a control token becomes that token.
    /// </summary>
    int[] Tokenize(string text, bool parseSpecial);

    /// <summary>
    /// The bytes a token stands for; they need not be whole characters. Empty for control tokens, which are never
    /// text. Valid for the life of the model.
    /// </summary>
    ReadOnlySpan<byte> Piece(int token);

    /// <summary>Whether a model says with this token that its turn is over.</summary>
    bool IsEndOfGeneration(int token);
}

/// <summary>What every user of a vocabulary does with a prompt.</summary>
public static class VocabularyPrompts
{
    /// <summary>
    /// The tokens of a prompt text whose template is applied: control tokens parsed, and the model's beginning token
    /// exactly once, also when the text is written with it.
    /// </summary>
    public static int[] TokenizePrompt(this IVocabulary vocabulary, string prompt)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        int[] tokens = vocabulary.Tokenize(prompt, parseSpecial: true);
        return vocabulary.Beginning is not { } beginning || (tokens.Length > 0 && tokens[0] == beginning)
            ? tokens
            : [beginning, .. tokens];
    }
}
