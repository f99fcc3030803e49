using System.Text;
using AgenticOS.Inference.Model;
using LLama;
using LLama.Native;

namespace AgenticOS.Inference.LLamaSharp;

/// <summary>A model that LLamaSharp has loaded.</summary>
internal sealed class LLamaSharpModel : IModel
{
    private readonly SafeLlamaModelHandle _handle;

    internal LLamaSharpModel(SafeLlamaModelHandle handle)
    {
        _handle = handle;
        Vocabulary = new LLamaSharpVocabulary(handle);
        Facts = new ModelFacts
        {
            Description = handle.Description,
            Architecture = Metadata(handle, "general.architecture") ?? "unknown",
            Parameters = (long)handle.ParameterCount,
            WeightBytes = (long)handle.SizeInBytes,
            Layers = handle.LayerCount,
            TrainedContext = handle.ContextSize,
            ChatTemplate = Metadata(handle, "tokenizer.chat_template"),
        };
    }

    public ModelFacts Facts { get; }

    public IVocabulary Vocabulary { get; }

    public string? ApplyChatTemplate(IReadOnlyList<ChatTurn> turns, bool openAnswer)
    {
        if (Facts.ChatTemplate is null) return null;
        var template = new LLamaTemplate(_handle) { AddAssistant = openAnswer };
        foreach (var turn in turns) template.Add(turn.Role, turn.Text);
        try
        {
            return Encoding.UTF8.GetString(template.Apply());
        }
        catch (LLama.Exceptions.TemplateNotFoundException)
        {
            return null;
        }
    }

    public IModelContext CreateContext(ContextShape shape) => new LLamaSharpContext(_handle, shape);

    public void Dispose() => _handle.Dispose();

    private static string? Metadata(SafeLlamaModelHandle handle, string key) =>
        handle.MetadataValueByKey(key) is { } value ? Encoding.UTF8.GetString(value.Span) : null;
}
