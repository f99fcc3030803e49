using System.Numerics;

namespace Orleans.Runtime;

/// <summary>
/// FNV-1a with a final avalanche: the same in every process and spread well enough for consistent hashing.
/// </summary>
internal static class StableHash
{
    public static int Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes)
            hash = (hash ^ b) * 16777619u;
        return (int)Mix(hash);
    }

    /// <summary>Joins two hashes; the order matters.</summary>
    public static uint Join(uint first, uint second) => Mix((BitOperations.RotateLeft(first, 5) + first) ^ second);

    // The finalizer of MurmurHash3.
    private static uint Mix(uint h)
    {
        h ^= h >> 16;
        h *= 0x85ebca6b;
        h ^= h >> 13;
        h *= 0xc2b2ae35;
        return h ^ (h >> 16);
    }
}
