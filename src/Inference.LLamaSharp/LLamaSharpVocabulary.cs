using System.Collections;
using System.Text;
using AgenticOS.Inference.Model;
using LLama.Native;

namespace AgenticOS.Inference.LLamaSharp;

/// <summary>The tokens of a model, with their bytes read out once.</summary>
internal sealed class LLamaSharpVocabulary : IVocabulary
{
    private readonly SafeLlamaModelHandle _model;
    private readonly byte[][] _pieces;
    private readonly BitArray _ends;

    internal LLamaSharpVocabulary(SafeLlamaModelHandle model)
    {
        _model = model;
        Size = model.Vocab.Count;
        Beginning = model.Vocab.ShouldAddBOS && model.Vocab.BOS is { } token ? (int)token : null;
        _ends = new BitArray(Size);
        _pieces = new byte[Size][];
        for (int id = 0; id < Size; id++)
        {
            _pieces[id] = ReadPiece(id);
            _ends[id] = ((LLamaToken)id).IsEndOfGeneration(model.Vocab);
        }
    }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public int? Beginning { get; }

    /// <inheritdoc/>
    public int[] Tokenize(string text, bool parseSpecial) =>
        Array.ConvertAll(_model.Tokenize(text, addBos: false, parseSpecial, Encoding.UTF8), token => (int)token);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Piece(int token) => _pieces[token];

    /// <inheritdoc/>
    public bool IsEndOfGeneration(int token) => _ends[token];

    private byte[] ReadPiece(int token)
    {
        byte[] buffer = new byte[64];
        int length = (int)_model.TokenToSpan(token, buffer);
        if (length > buffer.Length)
        {
            buffer = new byte[length];
            length = (int)_model.TokenToSpan(token, buffer);
        }

        return buffer[..length];
    }
}
