using AgenticOS.Gguf.Facts;
using AgenticOS.Inference;

namespace AgenticOS.Grains.Nodes;

/// <summary>How a model is loaded: slots and context, and the memory that takes.</summary>
/// <param name="Slots">Processes at once.</param>
/// <param name="ContextPerSlot">Tokens for each.</param>
/// <param name="Bytes">Estimated memory for all of it.</param>
internal readonly record struct ModelShape(int Slots, int ContextPerSlot, long Bytes)
{
    /// <summary>The configured shape; where slots are left open, as many as <see cref="NodeLimits.MemoryShare"/> of the
    /// free memory holds, between 1 and <see cref="NodeLimits.DefaultSlots"/>.</summary>
    public static ModelShape Of(GgufFacts facts, NodeOptions options, long freeBytes)
    {
        var context = ContextFor(facts, options);
        var budget = (long)(freeBytes * NodeLimits.MemoryShare);
        var slots = options.Slots > 0 ? options.Slots : SlotsWithin(budget, facts, context);
        return new ModelShape(slots, context, MemoryNeed.Of(facts, slots, context).TotalBytes);
    }

    /// <summary>The configured context, or the model's own up to <see cref="NodeLimits.DefaultContext"/>.</summary>
    public static int ContextFor(GgufFacts facts, NodeOptions options)
    {
        var trained = facts.ContextLength > 0 ? facts.ContextLength : NodeLimits.DefaultContext;
        return options.ContextPerSlot > 0 ? options.ContextPerSlot : Math.Min(trained, NodeLimits.DefaultContext);
    }

    /// <summary>The engine's options for this shape.</summary>
    public EngineOptions ToEngine(NodeOptions options) => new(
        Slots: Slots,
        ContextPerSlot: ContextPerSlot,
        BatchTokens: Math.Max(NodeLimits.BatchTokens, Slots),
        Threads: options.Threads,
        QueueLimit: options.QueueLimit,
        UnifiedKv: options.UnifiedKv,
        PinThreads: options.PinThreads,
        CoresLeftFree: options.CoresLeftFree);

    private static int SlotsWithin(long budget, GgufFacts facts, int context)
    {
        var one = MemoryNeed.Of(facts, 1, context);
        if (one.KvBytes == 0)
            return NodeLimits.DefaultSlots;
        var slots = (budget - one.WeightBytes - one.ComputeBytes) / one.KvBytes;
        return (int)Math.Clamp(slots, 1, NodeLimits.DefaultSlots);
    }
}
