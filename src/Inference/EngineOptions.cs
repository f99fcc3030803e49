namespace AgenticOS.Inference;

/// <summary>The shape of an engine.</summary>
/// <param name="Slots">Generations that hold a place in the context at once, 1 to <see cref="EngineLimits.Slots"/>.</param>
/// <param name="ContextPerSlot">Tokens for each slot; the context holds slots times this.</param>
/// <param name="BatchTokens">The most tokens one step carries; at least <paramref name="Slots"/>.</param>
/// <param name="PrefillChunk">The most prompt tokens of a step in which somebody also generates, so that reading
/// a long prompt delays a token of the others by no more than this many tokens.</param>
/// <param name="Threads">Compute threads on the host; zero is all cores but <paramref name="CoresLeftFree"/>.</param>
/// <param name="QueueLimit">Generations that may wait for a slot.</param>
/// <param name="UnifiedKv">One cache that generations borrow from, instead of an equal part each (ADR 0003).</param>
/// <param name="PinThreads">Pin compute threads to cores; only on a machine whose cores nobody else keeps busy.</param>
/// <param name="CoresLeftFree">Cores left to the silo and the frontend when <paramref name="Threads"/> is zero.</param>
public sealed record EngineOptions(
    int Slots = 4,
    int ContextPerSlot = 2048,
    int BatchTokens = 512,
    int PrefillChunk = 128,
    int Threads = 0,
    int QueueLimit = 1024,
    bool UnifiedKv = false,
    bool PinThreads = true,
    int CoresLeftFree = 0);
