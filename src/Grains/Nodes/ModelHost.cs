using System.Collections.Immutable;
using AgenticOS.Gguf.Facts;
using AgenticOS.Grains.Output;
using AgenticOS.Inference;
using AgenticOS.Inference.Model;
using AgenticOS.Kernel.Placement;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgenticOS.Grains.Nodes;

/// <summary>The models that this silo holds, and the one way to get another. Any thread. What it holds it holds until
/// the silo ends.</summary>
internal sealed partial class ModelHost(
    IModelBackend backend,
    ModelFolders folders,
    OutputPublisher publisher,
    IOptions<NodeOptions> options,
    TimeProvider time,
    ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly ILogger logger = loggers.CreateLogger<ModelHost>();
    private ImmutableDictionary<string, ResidentModel> _held =
        ImmutableDictionary<string, ResidentModel>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Raised when a model was loaded.</summary>
    public event Action? Changed;

    /// <summary>What it holds now.</summary>
    public IEnumerable<ResidentModel> Held => _held.Values;

    /// <summary>A model it holds; null when it does not.</summary>
    public ResidentModel? Find(string modelId) => _held.GetValueOrDefault(modelId);

    /// <summary>Where models can be held, best first, with the memory free now.</summary>
    public DeviceReport[] Devices() =>
    [
        .. backend.ListDevices()
            .Select(device => new DeviceReport(
                device.Name,
                device.Description,
                DeviceKinds.ToWire(device.Kind),
                device.MemoryFree,
                device.MemoryTotal))
            .OrderBy(device => DeviceKinds.FromWire(device.Kind))
    ];

    /// <summary>Loads a model unless it is held already; one at a time. The refusal says with figures what does not
    /// fit.</summary>
    public async Task<Refusal?> LoadAsync(string modelId, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_held.ContainsKey(modelId))
                return null;
            if (folders.Find(modelId) is not { } file)
                return Failed($"Model '{modelId}' is not in the model folders of this silo.");
            return file.Facts is null
                ? Failed($"Model '{modelId}' cannot be loaded: {file.Entry.Fault}")
                : await Task.Run(() => Load(file, file.Facts), cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var model in Interlocked.Exchange(ref _held, _held.Clear()).Values)
            await model.DisposeAsync();
        _loading.Dispose();
    }

    private Refusal? Load(LocalModel file, GgufFacts facts)
    {
        var device = Devices()[0];
        var shape = ModelShape.Of(facts, options.Value, device.FreeBytes);
        // A device that does not tell its memory is asked by trying.
        if (shape.Bytes > device.FreeBytes && device.TotalBytes > 0)
        {
            return Failed($"Model '{file.Entry.Id}' needs {LoadPlan.Size(shape.Bytes)} for {shape.Slots} slots of "
                + $"{shape.ContextPerSlot} tokens; {device.Name} has {LoadPlan.Size(device.FreeBytes)} free of "
                + $"{LoadPlan.Size(device.TotalBytes)}.");
        }
        var started = time.GetTimestamp();
        try
        {
            Hold(file, device, shape.ToEngine(options.Value));
        }
        catch (ModelUnusableException cause)
        {
            return Failed($"Model '{file.Entry.Id}' cannot be loaded: {cause.Message}");
        }
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        LogLoaded(file.Entry.Id, device.Name, shape.Slots, shape.ContextPerSlot, seconds);
        Changed?.Invoke();
        return null;
    }

    private void Hold(LocalModel file, DeviceReport device, EngineOptions shape)
    {
        var model = backend.Load(new ModelLoad(file.FullPath));
        try
        {
            var output = new StepOutput(publisher, time);
            var engine = Engine.Start(model, shape, time, loggers.CreateLogger<Engine>(), output);
            var resident = new ResidentModel(file.Entry, device.Name, model, engine, output);
            ImmutableInterlocked.TryAdd(ref _held, file.Entry.Id, resident);
            _ = WatchAsync(resident);
        }
        catch (ModelUnusableException)
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>An engine that stopped by itself has ended its processes; its model is let go and can be loaded
    /// again.</summary>
    private async Task WatchAsync(ResidentModel resident)
    {
        await resident.Engine.Completion;
        if (!ImmutableInterlocked.TryRemove(ref _held, resident.Entry.Id, out _))
            return;
        LogEngineStopped(resident.Entry.Id);
        await resident.DisposeAsync();
        Changed?.Invoke();
    }

    private static Refusal Failed(string message) => new("LOAD_FAILED", message);
}
