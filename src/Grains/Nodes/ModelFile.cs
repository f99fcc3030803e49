using AgenticOS.Grains.Catalog;
using AgenticOS.Inference;

namespace AgenticOS.Grains.Nodes;

/// <summary>A model in the folders of this silo.</summary>
/// <param name="Entry">As the catalog shows it.</param>
/// <param name="FullPath">Where it is.</param>
internal sealed record ModelFile(ModelEntry Entry, string FullPath)
{
    public EngineOptions ShapeFor(NodeOptions options, DeviceReport device) => new(
        Slots: Entry.FileBytes < 0 ? 0 : options.Slots > 0 ? options.Slots : NodeLimits.DefaultSlots,
        ContextPerSlot: options.ContextPerSlot > 0 ? options.ContextPerSlot : 512,
        Threads: options.Threads, CoresLeftFree: options.CoresLeftFree, UnifiedKv: options.UnifiedKv,
        PinThreads: options.PinThreads, QueueLimit: options.QueueLimit, BatchTokens: NodeLimits.BatchTokens);

    public long BytesFor(EngineOptions shape) => Entry.FileBytes + shape.Slots;
}
