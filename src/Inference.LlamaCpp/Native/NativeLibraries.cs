using System.Reflection;
using System.Runtime.InteropServices;
using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.LlamaCpp.Native;

/// <summary>The three shared libraries of one folder, bound to our imports once per process.</summary>
internal static class NativeLibraries
{
    /// <summary>The functions without which a library is not the llama.cpp we know.</summary>
    private static readonly string[] s_required =
        ["llama_version", "llama_model_default_params", "llama_context_default_params", "llama_n_ctx_seq"];

    private static readonly Dictionary<string, nint> s_handles = [];

    /// <summary>Loads a folder's libraries; throws <see cref="ModelUnusableException"/> when one is amiss.</summary>
    internal static void Bind(string folder)
    {
        nint ggmlBase = LoadOne(folder, "libggml-base*");
        nint ggml = LoadOne(folder, "libggml.*");
        nint llama = LoadOne(folder, "libllama.*");
        foreach (string function in s_required)
            if (!NativeLibrary.TryGetExport(llama, function, out _))
                throw new ModelUnusableException(
                    $"The library in '{folder}' has no '{function}': it is not llama.cpp {LayoutCheck.Version}.");
        s_handles[Ggml.BaseLibrary] = ggmlBase;
        s_handles[Ggml.Library] = ggml;
        s_handles[Llama.Library] = llama;
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        s_handles.GetValueOrDefault(name);

    private static nint LoadOne(string folder, string pattern)
    {
        string file = Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new ModelUnusableException($"'{folder}' holds no {pattern}.");
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new ModelUnusableException($"'{file}' cannot be loaded: {e.Message}", e);
        }
    }
}
