using System.Runtime.InteropServices;
using AgenticOS.Inference.Model;

namespace AgenticOS.Inference;

/// <summary>
/// Seats generations, and spares them the reading of a prefix that the cache holds already: what a generation before
/// left in its slot (the next turn of a conversation), or what a neighbour holds (a child of a process, a common system
/// prompt).
/// </summary>
internal sealed class Seating(SlotTable slots, IModelContext context, EngineOptions options)
{
    private readonly Remains[] _remains = new Remains[options.Slots];

    /// <summary>Gives a generation the free slot in which most of its tokens are.</summary>
    internal void Seat(Generation generation)
    {
        int slot = slots.Free[0];
        int cached = 0;
        if (options.ReusePrefixes)
        {
            (int left, int leftTokens) = LongestRemains(generation);
            (Generation? neighbour, int neighbourTokens) = LongestNeighbour(generation);
            if (neighbour is not null && neighbourTokens > leftTokens)
                cached = ShareFrom(neighbour, slot, neighbourTokens);
            else if (leftTokens > 0)
                cached = KeepPart(slot = left, leftTokens);
            else
                Clear(slot);
        }

        slots.Seat(generation, slot, cached);
    }

    /// <summary>Takes a generation's slot back; what is in it is sound, or has to go.</summary>
    internal void Unseat(Generation generation, bool sound)
    {
        if (sound && options is { ReusePrefixes: true, UnifiedKv: false })
            _remains[generation.Slot] = new Remains(generation.Tokens, generation.Cached);
        else
            context.Forget(generation.Slot, 0);
        slots.Unseat(generation);
    }

    private (int Slot, int Tokens) LongestRemains(Generation generation)
    {
        (int Slot, int Tokens) best = (Generation.None, 0);
        for (int i = 0; i < slots.Free.Count; i++)
        {
            Remains remains = _remains[slots.Free[i]];
            int common = remains.Tokens is null ? 0 : Common(generation, remains.Tokens, remains.Count);
            if (common > best.Tokens)
                best = (slots.Free[i], common);
        }

        return best;
    }

    private (Generation? Neighbour, int Tokens) LongestNeighbour(Generation generation)
    {
        (Generation? Neighbour, int Tokens) best = (null, 0);
        for (int place = 0; place < slots.Count; place++)
        {
            int common = Common(generation, slots[place].Tokens, slots[place].Cached);
            if (common > best.Tokens)
                best = (slots[place], common);
        }

        return best;
    }

    /// <summary>Tokens that both begin with and one holds; at least one stays to be read, for its logits.</summary>
    private static int Common(Generation generation, List<int> held, int cached)
    {
        ReadOnlySpan<int> wanted = CollectionsMarshal.AsSpan(generation.Tokens)[..^1];
        int common = wanted.CommonPrefixLength(CollectionsMarshal.AsSpan(held)[..cached]);
        return common >= EngineLimits.ReuseWorthTokens ? common : 0;
    }

    private int ShareFrom(Generation neighbour, int slot, int tokens)
    {
        Clear(slot);
        context.Share(neighbour.Slot, slot);
        return KeepPart(slot, tokens);
    }

    private int KeepPart(int slot, int tokens)
    {
        _remains[slot] = default;
        if (context.Forget(slot, tokens))
            return tokens;
        context.Forget(slot, 0);
        return 0;
    }

    private void Clear(int slot)
    {
        _remains[slot] = default;
        context.Forget(slot, 0);
    }

    /// <summary>What an ended generation left in its slot.</summary>
    private readonly record struct Remains(List<int>? Tokens, int Count);
}
