using System.Text;
using AgenticOS.Inference.Model;
using LLama.Native;

namespace AgenticOS.Inference.LLamaSharp;

/// <summary>The tokens of a model, their bytes read once.</summary>
internal sealed class LLamaSharpVocabulary : IVocabulary
{
    private readonly SafeLlamaModelHandle _handle;
    private readonly byte[][] _pieces;
    private readonly bool[] _ends;

    internal LLamaSharpVocabulary(SafeLlamaModelHandle handle)
    {
        _handle = handle;
        var vocabulary = handle.Vocab;
        Size = vocabulary.Count;
        Beginning = vocabulary.ShouldAddBOS && vocabulary.BOS is { } bos ? (int)bos : null;
        _pieces = new byte[Size][];
        _ends = new bool[Size];
        for (var token = 0; token < Size; token++)
        {
            _pieces[token] = ReadPiece(token);
            _ends[token] = ((LLamaToken)token).IsEndOfGeneration(vocabulary);
        }
    }

    public int Size { get; }

    public int? Beginning { get; }

    public int[] Tokenize(string text, bool parseSpecial) =>
        Array.ConvertAll(_handle.Tokenize(text, addBos: false, parseSpecial, Encoding.UTF8), token => (int)token);

    public ReadOnlySpan<byte> Piece(int token) => _pieces[token];

    public bool IsEndOfGeneration(int token) => _ends[token];

    private byte[] ReadPiece(int token)
    {
        Span<byte> small = stackalloc byte[64];
        var length = _handle.TokenToSpan(token, small);
        if (length <= small.Length) return small[..(int)length].ToArray();
        var large = new byte[length];
        _handle.TokenToSpan(token, large);
        return large;
    }
}
