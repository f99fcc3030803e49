using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>
/// The objects of one client (or of a silo's code outside grains) that others may call. They are held weakly, and each
/// one's calls are made one after another.
/// </summary>
internal sealed class ObserverTable(GrainCaller caller, GrainId clientId, ILogger logger)
{
    private readonly ConcurrentDictionary<GrainId, ObserverEntry> entries = new();

    public TInterface Create<TInterface>(IGrainObserver observer)
        where TInterface : IGrainObserver
    {
        if (RuntimeContext.Current is not null)
            throw new InvalidOperationException("Cannot create a local object reference from a grain.");
        if (observer is GrainReference)
            throw new ArgumentException("Argument obj is already a grain reference.", nameof(observer));
        var id = ClientIds.ObserverOf(clientId);
        entries[id] = new ObserverEntry(caller, observer, logger);
        return (TInterface)(object)caller.References.Create(id, typeof(TInterface));
    }

    public void Delete(IGrainObserver reference)
    {
        if (reference is not GrainReference { GrainId: var id })
            throw new ArgumentException("Argument reference is not a grain reference.", nameof(reference));
        if (!Forget(id))
            throw new ArgumentException("Reference is not associated with a local object.", nameof(reference));
    }

    /// <summary>The object is called no more.</summary>
    public bool Forget(GrainId id) => entries.TryRemove(id, out _);

    public void Receive(Message message)
    {
        if (entries.TryGetValue(message.TargetGrain, out var entry))
        {
            entry.Receive(message);
            return;
        }

        logger.LogWarning("Message {Message} is for an object that is not here", message);
    }
}

/// <summary>How the ids of clients and of their objects are written.</summary>
internal static class ClientIds
{
    private static readonly GrainType ClientType = GrainType.Create("sys.client");

    public static GrainId NewClient() => GrainId.Create(ClientType, Guid.NewGuid().ToString("N"));

    public static bool IsClient(GrainId id) => id.Type.Equals(ClientType);

    public static GrainId ObserverOf(GrainId client) =>
        GrainId.Create(ClientType, $"{client.Key}+{Guid.NewGuid():N}");

    /// <summary>The client that an observer's id belongs to.</summary>
    public static GrainId ClientOf(GrainId observer)
    {
        var key = observer.Key.AsSpan();
        var plus = key.IndexOf((byte)'+');
        return plus < 0 ? observer : new(ClientType, new IdSpan(key[..plus].ToArray()));
    }
}
