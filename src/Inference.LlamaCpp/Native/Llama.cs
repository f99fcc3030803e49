using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace AgenticOS.Inference.LlamaCpp.Native;

/// <summary>The functions of <c>libllama</c> 0.5.0 that we call; resolved by <see cref="NativeLibraries"/>.</summary>
internal static unsafe partial class Llama
{
    internal const string Library = "llama";

    [LibraryImport(Library, EntryPoint = "llama_backend_init")]
    internal static partial void BackendInit();

    [LibraryImport(Library, EntryPoint = "llama_version")]
    internal static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "llama_log_set")]
    internal static partial void LogSet(delegate* unmanaged[Cdecl]<int, byte*, void*, void> callback, void* state);

    [LibraryImport(Library, EntryPoint = "llama_model_default_params")]
    internal static partial ModelParameters ModelDefaults();

    [LibraryImport(Library, EntryPoint = "llama_context_default_params")]
    internal static partial ContextParameters ContextDefaults();

    [LibraryImport(Library, EntryPoint = "llama_model_load_from_file", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint ModelLoad(string path, ModelParameters parameters);

    [LibraryImport(Library, EntryPoint = "llama_model_free")]
    internal static partial void ModelFree(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_desc")]
    internal static partial int ModelDescription(nint model, byte* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "llama_model_size")]
    internal static partial ulong ModelSize(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_params")]
    internal static partial ulong ModelParameterCount(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_layer")]
    internal static partial int ModelLayers(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_n_ctx_train")]
    internal static partial int ModelTrainedContext(nint model);

    [LibraryImport(Library, EntryPoint = "llama_model_meta_val_str", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ModelMetadata(nint model, string key, byte* buffer, nuint size);

    [LibraryImport(Library, EntryPoint = "llama_model_chat_template")]
    internal static partial byte* ModelChatTemplate(nint model, byte* name);

    [LibraryImport(Library, EntryPoint = "llama_chat_apply_template", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChatApplyTemplate(
        string template, ChatMessage* messages, nuint count, byte openAnswer, byte* buffer, int size);

    [LibraryImport(Library, EntryPoint = "llama_model_get_vocab")]
    internal static partial nint ModelVocabulary(nint model);

    [LibraryImport(Library, EntryPoint = "llama_vocab_n_tokens")]
    internal static partial int VocabularySize(nint vocabulary);

    [LibraryImport(Library, EntryPoint = "llama_vocab_bos")]
    internal static partial int VocabularyBeginning(nint vocabulary);

    [LibraryImport(Library, EntryPoint = "llama_vocab_get_add_bos")]
    internal static partial byte VocabularyAddsBeginning(nint vocabulary);

    [LibraryImport(Library, EntryPoint = "llama_vocab_is_eog")]
    internal static partial byte VocabularyIsEnd(nint vocabulary, int token);

    [LibraryImport(Library, EntryPoint = "llama_tokenize")]
    internal static partial int Tokenize(
        nint vocabulary, byte* text, int length, int* tokens, int capacity, byte addSpecial, byte parseSpecial);

    [LibraryImport(Library, EntryPoint = "llama_token_to_piece")]
    internal static partial int TokenToPiece(
        nint vocabulary, int token, byte* buffer, int size, int leftStrip, byte special);

    [LibraryImport(Library, EntryPoint = "llama_init_from_model")]
    internal static partial nint ContextNew(nint model, ContextParameters parameters);

    [LibraryImport(Library, EntryPoint = "llama_free")]
    internal static partial void ContextFree(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_ctx")]
    internal static partial uint ContextSize(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_ctx_seq")]
    internal static partial uint ContextSizePerSequence(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_batch")]
    internal static partial uint ContextBatch(nint context);

    [LibraryImport(Library, EntryPoint = "llama_n_seq_max")]
    internal static partial uint ContextSequences(nint context);

    [LibraryImport(Library, EntryPoint = "llama_attach_threadpool")]
    internal static partial void AttachThreadpool(nint context, nint pool, nint batchPool);

    [LibraryImport(Library, EntryPoint = "llama_get_memory")]
    internal static partial nint ContextMemory(nint context);

    [LibraryImport(Library, EntryPoint = "llama_memory_seq_rm")]
    internal static partial byte MemoryRemove(nint memory, int sequence, int from, int to);

    [LibraryImport(Library, EntryPoint = "llama_memory_seq_cp")]
    internal static partial void MemoryCopy(nint memory, int source, int target, int from, int to);

    [LibraryImport(Library, EntryPoint = "llama_memory_seq_pos_max")]
    internal static partial int MemoryLastPosition(nint memory, int sequence);

    [LibraryImport(Library, EntryPoint = "llama_decode")]
    internal static partial int Decode(nint context, NativeBatch batch);

    [LibraryImport(Library, EntryPoint = "llama_get_logits_ith")]
    internal static partial float* Logits(nint context, int row);
}
