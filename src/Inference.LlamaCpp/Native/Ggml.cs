using System.Runtime.InteropServices;

namespace AgenticOS.Inference.LlamaCpp.Native;

/// <summary>The functions of <c>libggml</c> and <c>libggml-base</c> that we call.</summary>
internal static unsafe partial class Ggml
{
    internal const string Library = "ggml";
    internal const string BaseLibrary = "ggml-base";

    [LibraryImport(Library, EntryPoint = "ggml_backend_load_all_from_path", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void LoadBackends(string folder);

    [LibraryImport(Library, EntryPoint = "ggml_backend_dev_count")]
    internal static partial nuint DeviceCount();

    [LibraryImport(Library, EntryPoint = "ggml_backend_dev_get")]
    internal static partial nint Device(nuint index);

    [LibraryImport(Library, EntryPoint = "ggml_backend_dev_by_type")]
    internal static partial nint DeviceOfType(int type);

    [LibraryImport(BaseLibrary, EntryPoint = "ggml_backend_dev_name")]
    internal static partial byte* DeviceName(nint device);

    [LibraryImport(BaseLibrary, EntryPoint = "ggml_backend_dev_description")]
    internal static partial byte* DeviceDescription(nint device);

    [LibraryImport(BaseLibrary, EntryPoint = "ggml_backend_dev_memory")]
    internal static partial void DeviceMemory(nint device, nuint* free, nuint* total);

    [LibraryImport(BaseLibrary, EntryPoint = "ggml_backend_dev_type")]
    internal static partial int DeviceType(nint device);

    [LibraryImport(BaseLibrary, EntryPoint = "ggml_backend_dev_backend_reg")]
    internal static partial nint DeviceRegistry(nint device);

    [LibraryImport(BaseLibrary, EntryPoint = "ggml_backend_reg_get_proc_address",
        StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint RegistryFunction(nint registry, string name);

    [LibraryImport(BaseLibrary, EntryPoint = "ggml_threadpool_params_init")]
    internal static partial void ThreadpoolDefaults(ThreadpoolParameters* parameters, int threads);
}
