using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A named piece of stored state, given to a grain's constructor and read before activation.</summary>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>Which state a facet stands for.</summary>
public interface IPersistentStateConfiguration
{
    /// <summary>The state's name within the grain.</summary>
    string StateName { get; }

    /// <summary>The name of the storage provider; null for the default one.</summary>
    string? StorageName { get; }
}

/// <summary>Makes the facets behind <see cref="PersistentStateAttribute"/>.</summary>
public interface IPersistentStateFactory
{
    /// <summary>The state for one activation.</summary>
    IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config);
}

/// <summary>Asks for an <see cref="IPersistentState{TState}"/> as constructor argument of a grain.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute : Attribute, IFacetMetadata, IPersistentStateConfiguration
{
    /// <summary>
    /// The state <paramref name="stateName"/> in the provider <paramref name="storageName"/> or the default one.
    /// </summary>
    public PersistentStateAttribute(string stateName, string? storageName = null)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        StateName = stateName;
        StorageName = storageName;
    }

    /// <inheritdoc/>
    public string StateName { get; }

    /// <inheritdoc/>
    public string? StorageName { get; }
}
