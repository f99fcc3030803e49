using AgenticOS.Inference;

namespace AgenticOS.Silo;

/// <summary>Bounds of <see cref="SiloOptions"/>.</summary>
public static class SiloLimits
{
    /// <summary>Most slots of one model.</summary>
    public const int Slots = EngineLimits.Slots;

    /// <summary>Smallest context per process that makes sense, in tokens.</summary>
    public const int LeastContext = 64;

    /// <summary>Largest context per process, in tokens.</summary>
    public const int MostContext = 1 << 20;

    /// <summary>Most compute threads.</summary>
    public const int Threads = 1024;

    /// <summary>How long a call between silos may take. Short, because an answer that was lost with a silo is waited
    /// for that long; long enough for a machine whose cores are all busy computing.</summary>
    public static readonly TimeSpan Response = TimeSpan.FromSeconds(10);
}
