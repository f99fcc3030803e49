using System.Collections.Concurrent;

namespace AgenticOS.Conformance.Support;

/// <summary>
/// A door with a name, between a test and grains of the same process: who comes is counted and waits until the test
/// opens it. The barrier that replaces every sleep of this suite.
/// </summary>
public sealed class Gate
{
    private static readonly ConcurrentDictionary<string, Gate> All = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Journal _arrivals;

    private Gate(string name) => _arrivals = Journal.Of("gate:" + name);

    /// <summary>The one gate of that name, made closed when first asked for.</summary>
    public static Gate Named(string name) => All.GetOrAdd(name, n => new Gate(n));

    /// <summary>A name no other test uses.</summary>
    public static string FreshName() => Guid.NewGuid().ToString("N");

    /// <summary>Counts the caller in, then waits until the gate is open.</summary>
    public Task Pass()
    {
        _arrivals.Add("arrived");
        return _open.Task;
    }

    /// <summary>Lets everybody through, now and later.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>Completes when at least <paramref name="count"/> callers have come.</summary>
    public Task Arrivals(int count) => _arrivals.Reaches(count);

    /// <summary>How many have come so far.</summary>
    public int Arrived => _arrivals.Entries.Count;
}
