namespace AgenticOS.Inference.Model;

/// <summary>A loaded model. Safe for use from several threads; disposed after every context on it.</summary>
public interface IModel : IDisposable
{
    /// <summary>What the file says of itself.</summary>
    ModelFacts Facts { get; }

    /// <summary>The model's tokens.</summary>
    IVocabulary Vocabulary { get; }

    /// <summary>
    /// The prompt text of a conversation in the model's own chat format, or null when the library does not know that
    /// format. With <paramref name="openAnswer"/> the text ends where the assistant's next turn begins.
    /// </summary>
    string? ApplyChatTemplate(IReadOnlyList<ChatTurn> turns, bool openAnswer);

    /// <summary>Opens a context; throws <see cref="ModelUnusableException"/> when there is no memory for it.</summary>
    IModelContext CreateContext(ContextShape shape);
}

/// <summary>One turn of a conversation.</summary>
/// <param name="Role">The speaker as the chat format names it: <c>system</c>, <c>user</c>, <c>assistant</c>.</param>
/// <param name="Text">What was said.</param>
public readonly record struct ChatTurn(string Role, string Text);

/// <summary>What a model file says of itself.</summary>
public sealed record ModelFacts
{
    /// <summary>The library's one-line description: architecture, size class and quantisation.</summary>
    public required string Description { get; init; }

    /// <summary>The architecture's name in the file, such as <c>llama</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>How many parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Bytes of all tensors.</summary>
    public required long WeightBytes { get; init; }

    /// <summary>How many layers.</summary>
    public required int Layers { get; init; }

    /// <summary>The context length it was trained for, in tokens.</summary>
    public required int TrainedContext { get; init; }

    /// <summary>The chat template of the file, in Jinja; null when it has none.</summary>
    public required string? ChatTemplate { get; init; }
}
