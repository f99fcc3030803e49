using Orleans.Concurrency;

namespace Orleans.Storage;

/// <summary>Keeps a share of the memory storage. What it holds is lost with its silo.</summary>
internal interface IMemoryStorageGrain : IGrainWithIntegerKey
{
    /// <summary>What is stored under a key, or null.</summary>
    [ReadOnly]
    Task<StoredRecord?> ReadAsync(string key);

    /// <summary>Stores the state if the version still fits; answers the new version, or the conflict.</summary>
    Task<StoreAnswer> WriteAsync(string key, object? state, string? etag);

    /// <summary>Removes the state if the version still fits.</summary>
    Task<StoreAnswer> DeleteAsync(string key, string? etag);
}

/// <summary>One stored state.</summary>
[GenerateSerializer]
internal sealed record StoredRecord([property: Id(0)] object? State, [property: Id(1)] string Etag);

/// <summary>How a change of the store went: the new version, or the version that stood in its way.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct StoreAnswer(
    [property: Id(0)] bool IsConflict, [property: Id(1)] string? Etag);

/// <inheritdoc cref="IMemoryStorageGrain"/>
[KeepAlive]
internal sealed class MemoryStorageGrain : Grain, IMemoryStorageGrain
{
    // A null record remembers that the key was stored once and is cleared now.
    private readonly Dictionary<string, StoredRecord?> _records = [];

    public Task<StoredRecord?> ReadAsync(string key) => Task.FromResult(_records.GetValueOrDefault(key));

    public Task<StoreAnswer> WriteAsync(string key, object? state, string? etag)
    {
        if (!Fits(key, etag, out var stored))
            return Task.FromResult(new StoreAnswer(true, stored));
        var next = Guid.NewGuid().ToString("N");
        _records[key] = new StoredRecord(state, next);
        return Task.FromResult(new StoreAnswer(false, next));
    }

    public Task<StoreAnswer> DeleteAsync(string key, string? etag)
    {
        if (!Fits(key, etag, out var stored))
            return Task.FromResult(new StoreAnswer(true, stored));
        _records[key] = null;
        return Task.FromResult(default(StoreAnswer));
    }

    // An unknown key takes any version: the record may have been lost with a silo.
    private bool Fits(string key, string? etag, out string? stored)
    {
        stored = null;
        if (!_records.TryGetValue(key, out var record))
            return true;
        stored = record?.Etag ?? "";
        return etag == stored || etag == "*" || (stored.Length == 0 && etag is null);
    }
}
