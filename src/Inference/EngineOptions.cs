using AgenticOS.Inference.Model;

namespace AgenticOS.Inference;

/// <summary>The shape of an engine.</summary>
/// <param name="Slots">Generations in the context at once, 1 to <see cref="EngineLimits.Slots"/>.</param>
/// <param name="ContextPerSlot">Tokens for each slot; the context holds slots times this.</param>
/// <param name="BatchTokens">The most tokens one step carries; at least <paramref name="Slots"/>.</param>
/// <param name="PrefillChunk">The most prompt tokens of a step in which somebody also generates, so that reading
/// a long prompt delays a token of the others by no more than this many tokens; where more prompts wait than
/// generations run, that many times as much.</param>
/// <param name="Threads">Compute threads on the host; zero is all cores but <paramref name="CoresLeftFree"/>.</param>
/// <param name="QueueLimit">Generations that may wait for a slot.</param>
/// <param name="UnifiedKv">One cache that generations borrow from, instead of an equal part each (ADR 0003).</param>
/// <param name="PinThreads">Pin compute threads to cores that no other engine of this process pinned. For a machine
/// with one silo and nothing else: two processes would pin the same cores.</param>
/// <param name="CoresLeftFree">Cores left to the silo and the frontend when <paramref name="Threads"/> is zero.</param>
public sealed record EngineOptions(
    int Slots = 4,
    int ContextPerSlot = 2048,
    int BatchTokens = 512,
    int PrefillChunk = 128,
    int Threads = 0,
    int QueueLimit = 1024,
    bool UnifiedKv = false,
    bool PinThreads = false,
    int CoresLeftFree = 1)
{
    /// <summary>
    /// How long a paused generation keeps its slot when others wait for one; without anybody waiting it keeps it.
    /// One that lost its slot reads its tokens anew when it goes on.
    /// </summary>
    public TimeSpan PauseKeepsSlot { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Take over the longest prefix that an earlier or another running generation has in the cache, instead of reading
    /// it again. What was computed in other batches is rounded otherwise, so a seed then means the same text only for
    /// the same history of the engine; therefore off unless asked for.
    /// </summary>
    public bool ReusePrefixes { get; init; }

    /// <summary>The context such an engine needs; also what a memory estimate is asked for.</summary>
    public ContextShape ContextShape() => new(Slots, Slots * ContextPerSlot, BatchTokens)
    {
        UnifiedKv = UnifiedKv,
        Threads = Threads > 0 ? Threads : Math.Max(1, Environment.ProcessorCount - CoresLeftFree),
        PinThreads = PinThreads,
    };

    /// <summary>Throws <see cref="ArgumentException"/> when no engine can have this shape.</summary>
    internal void Validate()
    {
        if (Slots is < 1 or > EngineLimits.Slots)
            throw new ArgumentException($"An engine has 1 to {EngineLimits.Slots} slots, not {Slots}.");
        if (ContextPerSlot < 2)
            throw new ArgumentException($"A slot of {ContextPerSlot} tokens has room for no prompt and answer.");
        if (BatchTokens < Slots || PrefillChunk < 1)
            throw new ArgumentException("A step must carry a token of every slot, and at least one of a prompt.");
        if (QueueLimit < 0 || Threads < 0 || CoresLeftFree < 0)
            throw new ArgumentException("Queue limit, threads and free cores are not negative.");
    }
}
