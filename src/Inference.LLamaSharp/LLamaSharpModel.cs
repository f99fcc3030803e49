using System.Runtime.InteropServices;
using System.Text;
using AgenticOS.Inference.Model;
using LLama.Exceptions;
using LLama.Native;

namespace AgenticOS.Inference.LLamaSharp;

/// <summary>A model that LLamaSharp loaded.</summary>
internal sealed class LLamaSharpModel : IModel
{
    private readonly SafeLlamaModelHandle _model;

    internal LLamaSharpModel(SafeLlamaModelHandle model)
    {
        _model = model;
        Vocabulary = new LLamaSharpVocabulary(model);
        Facts = new ModelFacts
        {
            Description = model.Description,
            Architecture = model.MetadataValueByKey("general.architecture") is { } name
                ? Encoding.UTF8.GetString(name.Span) : "",
            Parameters = (long)model.ParameterCount,
            WeightBytes = (long)model.SizeInBytes,
            Layers = model.LayerCount,
            TrainedContext = model.ContextSize,
            ChatTemplate = model.GetTemplate(strict: false),
        };
    }

    /// <inheritdoc/>
    public ModelFacts Facts { get; }

    /// <inheritdoc/>
    public IVocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public unsafe string? ApplyChatTemplate(IReadOnlyList<ChatTurn> turns, bool openAnswer)
    {
        ArgumentNullException.ThrowIfNull(turns);
        if (Facts.ChatTemplate is not { } text)
            return null;
        var messages = new LLamaChatMessage[turns.Count];
        byte* template = (byte*)Marshal.StringToCoTaskMemUTF8(text);
        try
        {
            for (int i = 0; i < messages.Length; i++)
            {
                messages[i].role = (byte*)Marshal.StringToCoTaskMemUTF8(turns[i].Role);
                messages[i].content = (byte*)Marshal.StringToCoTaskMemUTF8(turns[i].Text);
            }

            return Apply(template, messages, openAnswer);
        }
        finally
        {
            Marshal.FreeCoTaskMem((nint)template);
            foreach (LLamaChatMessage message in messages)
            {
                Marshal.FreeCoTaskMem((nint)message.role);
                Marshal.FreeCoTaskMem((nint)message.content);
            }
        }
    }

    /// <inheritdoc/>
    public IModelContext CreateContext(ContextShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        LLamaContextParams parameters = LLamaContextParams.Default();
        parameters.n_ctx = (uint)shape.Tokens;
        parameters.n_batch = (uint)shape.BatchTokens;
        parameters.n_ubatch = Math.Min(parameters.n_ubatch, parameters.n_batch);
        parameters.n_seq_max = (uint)shape.Sequences;
        parameters.n_threads = parameters.n_threads_batch = shape.Threads;
        parameters.kv_unified = shape.UnifiedKv;
        try
        {
            return new LLamaSharpContext(_model.CreateContext(parameters), shape);
        }
        catch (RuntimeError e)
        {
            throw new ModelUnusableException($"LLamaSharp cannot open a context: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private static unsafe string? Apply(byte* template, LLamaChatMessage[] messages, bool openAnswer)
    {
        byte[] buffer = new byte[4096];
        while (true)
        {
            int length;
            fixed (LLamaChatMessage* turns = messages)
            fixed (byte* memory = buffer)
                length = NativeApi.llama_chat_apply_template(
                    template, turns, (nuint)messages.Length, openAnswer, memory, buffer.Length);
            if (length < 0)
                return null;
            if (length < buffer.Length)
                return Encoding.UTF8.GetString(buffer, 0, length);
            buffer = new byte[length + 1];
        }
    }
}
