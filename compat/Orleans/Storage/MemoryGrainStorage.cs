using System.Text;
using Orleans.Configuration;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>
/// Keeps state in the memory of the silos, spread over a few grains: it outlives activations, but a silo that dies
/// takes its share with it.
/// </summary>
public class MemoryGrainStorage : IGrainStorage, IDisposable
{
    private readonly IMemoryStorageGrain[] _grains;

    internal MemoryGrainStorage(MemoryGrainStorageOptions options, IGrainFactory grainFactory) =>
        _grains = [.. Enumerable.Range(0, options.NumStorageGrains)
            .Select(i => grainFactory.GetGrain<IMemoryStorageGrain>(i))];

    /// <inheritdoc/>
    public virtual async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = Key(stateName, grainId);
        var record = await GrainFor(key).ReadAsync(key);
        grainState.ETag = record?.Etag;
        grainState.RecordExists = record?.State is not null;
        grainState.State = record?.State is T state ? state : FreshState.Make<T>();
    }

    /// <inheritdoc/>
    public virtual async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = Key(stateName, grainId);
        var answer = await GrainFor(key).WriteAsync(key, grainState.State, grainState.ETag);
        grainState.ETag = answer.IsConflict ? throw Conflict(answer, grainState.ETag) : answer.Etag;
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public virtual async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = Key(stateName, grainId);
        var answer = await GrainFor(key).DeleteAsync(key, grainState.ETag);
        grainState.ETag = answer.IsConflict ? throw Conflict(answer, grainState.ETag) : null;
        grainState.RecordExists = false;
        grainState.State = FreshState.Make<T>();
    }

    /// <inheritdoc/>
    public void Dispose() => GC.SuppressFinalize(this);

    private static InconsistentStateException Conflict(StoreAnswer answer, string? received) =>
        new($"e-Tag mismatch in Memory Storage: stored {answer.Etag}, received {received}", answer.Etag, received);

    private static string Key(string stateName, GrainId grainId) => $"{stateName}/{grainId}";

    private IMemoryStorageGrain GrainFor(string key) =>
        _grains[(uint)StableHash.Of(Encoding.UTF8.GetBytes(key)) % (uint)_grains.Length];
}
