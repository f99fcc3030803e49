using AgenticOS.Inference.LlamaCpp.Native;
using AgenticOS.Inference.Model;
using Microsoft.Extensions.Logging;

namespace AgenticOS.Inference.LlamaCpp;

/// <summary>llama.cpp 0.5.0 through its C interface. The library is process-wide, and so is this.</summary>
public sealed unsafe class LlamaCppBackend : IModelBackend
{
    private static readonly Lock s_opening = new();
    private static LlamaCppBackend? s_open;

    private LlamaCppBackend(string folder)
    {
        Folder = folder;
        Version = $"llama.cpp {NativeText.Read(Llama.Version())} ({Path.GetFileName(folder)})";
    }

    /// <inheritdoc/>
    public string Version { get; }

    /// <summary>The folder its libraries came from.</summary>
    public string Folder { get; }

    /// <summary>
    /// Loads the libraries (see <see cref="NativesFolder"/>), or hands out what is loaded already. Throws
    /// <see cref="ModelUnusableException"/> when they are missing, are another version, or another folder was loaded.
    /// The logger of the first call hears the library for the rest of the process.
    /// </summary>
    public static LlamaCppBackend Open(ILogger logger, string? nativesFolder = null)
    {
        ArgumentNullException.ThrowIfNull(logger);
        lock (s_opening)
        {
            string folder = s_open is not null && nativesFolder is null
                ? s_open.Folder
                : Path.GetFullPath(NativesFolder.Find(nativesFolder));
            if (s_open is not null && s_open.Folder != folder)
                throw new ModelUnusableException(
                    $"The libraries of '{s_open.Folder}' are loaded; '{folder}' cannot be loaded beside them.");
            return s_open ??= OpenFirst(folder, logger);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ModelDevice> ListDevices() =>
        [.. Enumerable.Range(0, (int)Ggml.DeviceCount()).Select(index => Describe(Ggml.Device((nuint)index)))];

    /// <inheritdoc/>
    public IModel Load(ModelLoad load)
    {
        ArgumentNullException.ThrowIfNull(load);
        return new LlamaCppModel(ModelHandle.Load(load, allocate: true));
    }

    /// <inheritdoc/>
    public MemoryEstimate Estimate(ModelLoad load, ContextShape shape)
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentNullException.ThrowIfNull(shape);
        using BufferLedger ledger = NativeLog.CountBuffers();
        using var model = new LlamaCppModel(ModelHandle.Load(load, allocate: false));
        using IModelContext context = model.CreateContext(shape);
        return new MemoryEstimate(model.Facts.WeightBytes, ledger.Cache, ledger.Compute);
    }

    /// <summary>The device of a name; throws <see cref="ModelUnusableException"/> naming those that exist.</summary>
    internal static nint DeviceNamed(string name)
    {
        var known = new List<string>();
        for (nuint index = 0; index < Ggml.DeviceCount(); index++)
        {
            nint device = Ggml.Device(index);
            known.Add(NativeText.Read(Ggml.DeviceName(device)));
            if (known[^1] == name)
                return device;
        }

        throw new ModelUnusableException($"No device '{name}'; there are {string.Join(", ", known)}.");
    }

    private static LlamaCppBackend OpenFirst(string folder, ILogger logger)
    {
        NativeLibraries.Bind(folder);
        LayoutCheck.Verify();
        NativeLog.Attach(logger);
        Ggml.LoadBackends(folder);
        Llama.BackendInit();
        if (Ggml.DeviceCount() == 0)
            throw new ModelUnusableException($"None of the libraries in '{folder}' suits this processor.");
        return new LlamaCppBackend(folder);
    }

    private static ModelDevice Describe(nint device)
    {
        nuint free, total;
        Ggml.DeviceMemory(device, &free, &total);
        return new ModelDevice(
            NativeText.Read(Ggml.DeviceName(device)),
            NativeText.Read(Ggml.DeviceDescription(device)),
            Ggml.DeviceType(device) is int kind and >= 0 and < (int)DeviceKind.Other
                ? (DeviceKind)kind : DeviceKind.Other,
            (long)free,
            (long)total);
    }
}
