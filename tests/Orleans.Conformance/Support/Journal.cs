using System.Collections.Concurrent;

namespace AgenticOS.Conformance.Support;

/// <summary>An ordered list of what happened, written by grains and observers, awaited by tests.</summary>
public sealed class Journal
{
    private static readonly ConcurrentDictionary<string, Journal> All = new();
    private readonly Lock _gate = new();
    private readonly List<string> _entries = [];
    private readonly List<(int Count, TaskCompletionSource Done)> _waiters = [];
    private readonly string _name;

    private Journal(string name) => _name = name;

    /// <summary>The one journal of that name.</summary>
    public static Journal Of(string name) => All.GetOrAdd(name, n => new Journal(n));

    /// <summary>Everything written so far, in order.</summary>
    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    /// <summary>Appends one entry and wakes those who waited for that many.</summary>
    public void Add(string entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
            foreach (var (count, done) in _waiters)
                if (count <= _entries.Count)
                    done.TrySetResult();
            _waiters.RemoveAll(w => w.Count <= _entries.Count);
        }
    }

    /// <summary>Completes with the entries once there are <paramref name="count"/> or more; fails after a while.</summary>
    public async Task<IReadOnlyList<string>> Reaches(int count)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_entries.Count >= count)
                done.SetResult();
            else
                _waiters.Add((count, done));
        }

        try
        {
            await done.Task.WaitAsync(Patience.Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"journal {_name}: expected {count} entries, has [{string.Join(", ", Entries)}]");
        }

        return Entries;
    }
}
