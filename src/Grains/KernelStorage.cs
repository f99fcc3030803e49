namespace AgenticOS.Grains;

/// <summary>Where grains keep what must outlive them.</summary>
public static class KernelStorage
{
    /// <summary>Name of the grain storage.</summary>
    public const string Name = "kernel";
}
