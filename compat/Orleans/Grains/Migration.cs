namespace Orleans.Runtime;

/// <summary>Takes part when an activation moves to another silo. The stand-in itself moves none.</summary>
public interface IGrainMigrationParticipant
{
    /// <summary>Hands over what should move along.</summary>
    void OnDehydrate(IDehydrationContext dehydrationContext);

    /// <summary>Takes what moved along.</summary>
    void OnRehydrate(IRehydrationContext rehydrationContext);
}

/// <summary>What moves along, being collected.</summary>
public interface IDehydrationContext
{
    /// <summary>The names of the values collected.</summary>
    IEnumerable<string> Keys { get; }

    /// <summary>Adds a value that can be serialized.</summary>
    bool TryAddValue<T>(string key, T? value);
}

/// <summary>What moved along.</summary>
public interface IRehydrationContext
{
    /// <summary>The names of the values.</summary>
    IEnumerable<string> Keys { get; }

    /// <summary>The value of this name, if it came along.</summary>
    bool TryGetValue<T>(string key, out T? value);
}
