using AgenticOS.Inference.Model;

namespace AgenticOS.Bench.Engine;

/// <summary>
/// A model whose every prompt has the wanted length and whose every token is one letter of text and ends nothing, so
/// that a random model does the same work every time. The computation below it is untouched.
/// </summary>
internal sealed class EndlessModel(IModel model, int promptTokens) : IModel, IVocabulary
{
    public ModelFacts Facts => model.Facts;

    public IVocabulary Vocabulary => this;

    public int Size => model.Vocabulary.Size;

    public int? Beginning => null;

    public string? ApplyChatTemplate(IReadOnlyList<ChatTurn> turns, bool openAnswer) =>
        model.ApplyChatTemplate(turns, openAnswer);

    /// <summary>The context last opened.</summary>
    internal ClockedContext? Context { get; private set; }

    public IModelContext CreateContext(ContextShape shape) => Context = new ClockedContext(model.CreateContext(shape));

    public int[] Tokenize(string text, bool parseSpecial) => [.. Enumerable.Repeat(Size - 1, promptTokens)];

    public ReadOnlySpan<byte> Piece(int token) => " piece"u8;

    public bool IsEndOfGeneration(int token) => false;

    /// <summary>The model below belongs to the caller.</summary>
    public void Dispose()
    {
    }
}
