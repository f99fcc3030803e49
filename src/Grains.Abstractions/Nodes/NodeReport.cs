using AgenticOS.Grains.Catalog;

namespace AgenticOS.Grains.Nodes;

/// <summary>What a silo has and does.</summary>
/// <param name="Node">The silo's address, parsable; the key of its <see cref="INodeGrain"/>.</param>
/// <param name="Name">The silo's name, for people.</param>
/// <param name="Sequence">Rises with every report of this silo.</param>
/// <param name="Devices">Where models can be held, best first.</param>
/// <param name="OnDisk">The models in its folders.</param>
/// <param name="Loaded">The models it holds on a device.</param>
[GenerateSerializer, Immutable, Alias("agenticos.node-report")]
public sealed record NodeReport(
    [property: Id(0)] string Node,
    [property: Id(1)] string Name,
    [property: Id(2)] long Sequence,
    [property: Id(3)] DeviceReport[] Devices,
    [property: Id(4)] ModelEntry[] OnDisk,
    [property: Id(5)] LoadedModel[] Loaded);

/// <summary>A device of a silo.</summary>
/// <param name="Name">The engine's name for it, for instance CUDA0 or CPU.</param>
/// <param name="Description">The maker's name.</param>
/// <param name="Kind">cpu, gpu or accelerator.</param>
/// <param name="FreeBytes">Memory not in use now.</param>
/// <param name="TotalBytes">Memory it has.</param>
[GenerateSerializer, Immutable, Alias("agenticos.device-report")]
public sealed record DeviceReport(
    [property: Id(0)] string Name,
    [property: Id(1)] string Description,
    [property: Id(2)] string Kind,
    [property: Id(3)] long FreeBytes,
    [property: Id(4)] long TotalBytes);

/// <summary>A model that a silo holds, and its load.</summary>
/// <param name="ModelId">The model.</param>
/// <param name="Device">Where it is.</param>
/// <param name="Slots">Processes that can run at once.</param>
/// <param name="Running">Processes that hold a slot.</param>
/// <param name="Queued">Processes that wait for one.</param>
/// <param name="KvUsed">Context cells in use, in tokens.</param>
/// <param name="KvTotal">Context cells, in tokens.</param>
[GenerateSerializer, Immutable, Alias("agenticos.loaded-model")]
public sealed record LoadedModel(
    [property: Id(0)] string ModelId,
    [property: Id(1)] string Device,
    [property: Id(2)] int Slots,
    [property: Id(3)] int Running,
    [property: Id(4)] int Queued,
    [property: Id(5)] long KvUsed,
    [property: Id(6)] long KvTotal);
