using System.Collections;
using System.Text;
using AgenticOS.Inference.LlamaCpp.Native;
using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.LlamaCpp;

/// <summary>The tokens of a model, their bytes read out once so that no step asks the library for them.</summary>
internal sealed unsafe class LlamaCppVocabulary : IVocabulary
{
    private readonly nint _vocabulary;
    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly BitArray _ends;

    internal LlamaCppVocabulary(nint vocabulary)
    {
        _vocabulary = vocabulary;
        Size = Llama.VocabularySize(vocabulary);
        Beginning = Llama.VocabularyAddsBeginning(vocabulary) != 0
            && Llama.VocabularyBeginning(vocabulary) is >= 0 and int token ? token : null;
        _starts = new int[Size + 1];
        _ends = new BitArray(Size);
        _bytes = ReadPieces();
    }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public int? Beginning { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Piece(int token) => _bytes.AsSpan(_starts[token].._starts[token + 1]);

    /// <inheritdoc/>
    public bool IsEndOfGeneration(int token) => _ends[token];

    /// <inheritdoc/>
    public int[] Tokenize(string text, bool parseSpecial)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        int[] tokens = new int[utf8.Length + 8];
        int count = TokenizeInto(utf8, tokens, parseSpecial);
        if (count < 0)
        {
            tokens = new int[-count];
            count = TokenizeInto(utf8, tokens, parseSpecial);
        }

        return tokens[..count];
    }

    private int TokenizeInto(byte[] utf8, int[] tokens, bool parseSpecial)
    {
        fixed (byte* text = utf8)
        fixed (int* into = tokens)
            return Llama.Tokenize(
                _vocabulary, text, utf8.Length, into, tokens.Length, addSpecial: 0, (byte)(parseSpecial ? 1 : 0));
    }

    private byte[] ReadPieces()
    {
        byte[] pieces = new byte[Size * 8];
        int end = 0;
        for (int token = 0; token < Size; token++)
        {
            int length;
            while ((length = ReadPiece(token, pieces.AsSpan(end))) < 0)
                Array.Resize(ref pieces, (pieces.Length * 2) - length);
            end += length;
            _starts[token + 1] = end;
            _ends[token] = Llama.VocabularyIsEnd(_vocabulary, token) != 0;
        }

        return pieces[..end];
    }

    private int ReadPiece(int token, Span<byte> into)
    {
        fixed (byte* buffer = into)
            return Llama.TokenToPiece(_vocabulary, token, buffer, into.Length, leftStrip: 0, special: 0);
    }
}
