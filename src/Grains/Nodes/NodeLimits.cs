namespace AgenticOS.Grains.Nodes;

/// <summary>Bounds of what a silo holds.</summary>
public static class NodeLimits
{
    /// <summary>Most slots that are chosen without being asked for.</summary>
    public const int DefaultSlots = 64;

    /// <summary>Largest context per slot that is chosen without being asked for, in tokens.</summary>
    public const int DefaultContext = 4096;

    /// <summary>Share of a device's free memory that a model may be given when the number of slots is chosen by
    /// memory.</summary>
    public const double MemoryShare = 0.8;

    /// <summary>Model files that are listed; a folder with more is reported, and the rest is not looked at.</summary>
    public const int ModelFiles = 10_000;

    /// <summary>Tokens that one step of an engine carries.</summary>
    public const int BatchTokens = 512;
}
