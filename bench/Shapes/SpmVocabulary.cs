namespace AgenticOS.Shapes;

/// <summary>
/// A SentencePiece-like vocabulary of any size: the special tokens, the 256 bytes, ASCII, then all pairs and triples of
/// letters with and without a word's beginning, so that English splits into tokens of two to four letters.
/// </summary>
public sealed class SpmVocabulary
{
    /// <summary>The beginning-of-text token.</summary>
    public const int Beginning = 1;

    /// <summary>The end-of-text token.</summary>
    public const int End = 2;

    /// <summary>The least size: specials, bytes, the two chat tokens, ASCII and the word mark.</summary>
    public const int Least = 3 + 256 + 2 + 95;

    private const int Normal = 1;
    private const int Unknown = 2;
    private const int Control = 3;
    private const int Byte = 6;
    private const char WordMark = '\u2581';

    /// <summary>Builds a vocabulary of a size.</summary>
    public SpmVocabulary(int size)
    {
        if (size < Least)
            throw new ArgumentOutOfRangeException(nameof(size), $"A vocabulary has at least {Least} tokens.");
        Add("<unk>", Unknown);
        Add("<s>", Control);
        Add("</s>", Control);
        for (int value = 0; value < 256; value++)
            Add($"<0x{value:X2}>", Byte);
        Add("<|im_start|>", Control);
        Add("<|im_end|>", Control);
        foreach (string piece in Pieces().Take(size - Texts.Count))
            Add(piece, Normal);
        for (int filler = 0; Texts.Count < size; filler++)
            Add($"{WordMark}filler{filler}", Normal);
    }

    /// <summary>The token that ends a chat turn.</summary>
    public static int EndOfTurn => 3 + 256 + 1;

    /// <summary>The tokens' texts.</summary>
    public IList<string> Texts { get; } = new List<string>();

    /// <summary>The tokens' kinds, with llama.cpp's numbers.</summary>
    public IList<int> Kinds { get; } = new List<int>();

    /// <summary>Their scores: the earlier the better, as SentencePiece has them.</summary>
    public IEnumerable<float> Scores => Kinds.Select((kind, index) => kind == Normal ? -(float)index : 0f);

    private static IEnumerable<string> Pieces()
    {
        const string Letters = "etaoinshrdlcumwfgypbvkjxqz";
        yield return WordMark.ToString();
        for (char symbol = '!'; symbol <= '~'; symbol++)
            yield return symbol.ToString();
        foreach (char first in Letters)
            yield return $"{WordMark}{first}";
        foreach (char first in Letters)
            foreach (char second in Letters)
                foreach (string begin in new[] { "", WordMark.ToString() })
                    yield return $"{begin}{first}{second}";
        foreach (char first in Letters)
            foreach (char second in Letters)
                foreach (char third in Letters)
                    foreach (string begin in new[] { "", WordMark.ToString() })
                        yield return $"{begin}{first}{second}{third}";
    }

    private void Add(string text, int kind)
    {
        Texts.Add(text);
        Kinds.Add(kind);
    }
}
