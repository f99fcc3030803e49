namespace AgenticOS.Inference.LlamaCpp;

/// <summary>Cores that one pool of compute threads has to itself within this process, until it is disposed.</summary>
internal sealed class CoreLease : IDisposable
{
    private static readonly Lock s_gate = new();
    private static readonly HashSet<int> s_taken = [];

    private CoreLease(int[] cores) => Cores = cores;

    /// <summary>The cores, the lowest free ones.</summary>
    internal IReadOnlyList<int> Cores { get; }

    /// <summary>So many cores of those this process may run on, or null when fewer are free.</summary>
    internal static CoreLease? Take(int count)
    {
        lock (s_gate)
        {
            int[] free = [.. AllowedCores.Read().Where(core => !s_taken.Contains(core)).Take(count)];
            if (free.Length < count)
                return null;
            s_taken.UnionWith(free);
            return new CoreLease(free);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (s_gate)
            s_taken.ExceptWith(Cores);
    }
}
