using System.Runtime.InteropServices;
using System.Text;
using AgenticOS.Inference.LlamaCpp.Native;
using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.LlamaCpp;

/// <summary>A model that llama.cpp loaded.</summary>
internal sealed unsafe class LlamaCppModel : IModel
{
    private readonly ModelHandle _model;

    internal LlamaCppModel(ModelHandle model)
    {
        _model = model;
        nint native = model.DangerousGetHandle();
        Vocabulary = new LlamaCppVocabulary(Llama.ModelVocabulary(native));
        Facts = new ModelFacts
        {
            Description = Fill((buffer, size) => Llama.ModelDescription(native, (byte*)buffer, (nuint)size)) ?? "",
            Architecture = Fill((buffer, size) =>
                Llama.ModelMetadata(native, "general.architecture", (byte*)buffer, (nuint)size)) ?? "",
            Parameters = (long)Llama.ModelParameterCount(native),
            WeightBytes = (long)Llama.ModelSize(native),
            Layers = Llama.ModelLayers(native),
            TrainedContext = Llama.ModelTrainedContext(native),
            ChatTemplate = Llama.ModelChatTemplate(native, null) is var text && text is null
                ? null : NativeText.Read(text),
        };
    }

    /// <inheritdoc/>
    public ModelFacts Facts { get; }

    /// <inheritdoc/>
    public IVocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public string? ApplyChatTemplate(IReadOnlyList<ChatTurn> turns, bool openAnswer)
    {
        ArgumentNullException.ThrowIfNull(turns);
        if (Facts.ChatTemplate is not { } template)
            return null;
        var messages = new ChatMessage[turns.Count];
        try
        {
            for (int i = 0; i < messages.Length; i++)
            {
                messages[i].Role = (byte*)Marshal.StringToCoTaskMemUTF8(turns[i].Role);
                messages[i].Content = (byte*)Marshal.StringToCoTaskMemUTF8(turns[i].Text);
            }

            return Apply(template, messages, openAnswer);
        }
        finally
        {
            foreach (ChatMessage message in messages)
            {
                Marshal.FreeCoTaskMem((nint)message.Role);
                Marshal.FreeCoTaskMem((nint)message.Content);
            }
        }
    }

    /// <inheritdoc/>
    public IModelContext CreateContext(ContextShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ObjectDisposedException.ThrowIf(_model.IsClosed, this);
        return new LlamaCppContext(ContextHandle.Open(_model, shape), Vocabulary.Size);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private static string? Apply(string template, ChatMessage[] messages, bool openAnswer)
    {
        fixed (ChatMessage* first = messages)
        {
            ChatMessage* turns = first;
            return Fill((buffer, size) => Llama.ChatApplyTemplate(
                template, turns, (nuint)messages.Length, (byte)(openAnswer ? 1 : 0), (byte*)buffer, size));
        }
    }

    /// <summary>A text of a length that only the library knows; null when it returns a negative one.</summary>
    private static string? Fill(Func<nint, int, int> write)
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            int length;
            fixed (byte* memory = buffer)
                length = write((nint)memory, buffer.Length);
            if (length < 0)
                return null;
            if (length < buffer.Length)
                return Encoding.UTF8.GetString(buffer, 0, length);
            buffer = new byte[length + 1];
        }
    }
}
