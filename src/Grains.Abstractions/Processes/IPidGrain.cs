namespace AgenticOS.Grains.Processes;

/// <summary>The one source of PIDs (key 0). Silos take blocks, so that it is never on the way of an EXEC for
/// long.</summary>
[Alias("agenticos.pid")]
public interface IPidGrain : IGrainWithIntegerKey
{
    /// <summary>Reserves <paramref name="count"/> PIDs and returns the first; the others follow it. They are never
    /// given again.</summary>
    [Alias("take")]
    Task<long> TakeAsync(int count);
}
