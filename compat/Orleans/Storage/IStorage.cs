namespace Orleans.Core;

/// <summary>The stored part of a grain, without its type. Calls are made from the grain's own turns only.</summary>
public interface IStorage
{
    /// <summary>The version of the stored state as the storage knows it; null when nothing is stored.</summary>
    string? Etag { get; }

    /// <summary>Whether something is stored.</summary>
    bool RecordExists { get; }

    /// <summary>Removes what is stored and resets the state.</summary>
    Task ClearStateAsync();

    /// <summary>Stores the state.</summary>
    /// <exception cref="Storage.InconsistentStateException">
    /// The storage holds another version than the one last read.
    /// </exception>
    Task WriteStateAsync();

    /// <summary>Replaces the state by what is stored.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <summary>The stored part of a grain.</summary>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory; changes reach the storage with <see cref="IStorage.WriteStateAsync()"/>.</summary>
    TState State { get; set; }
}
