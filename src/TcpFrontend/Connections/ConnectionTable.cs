using System.Collections.Concurrent;

namespace AgenticOS.TcpFrontend.Connections;

/// <summary>The connections of this frontend, at most <see cref="FrontendLimits.Connections"/>.</summary>
internal sealed class ConnectionTable(FrontendOptions options)
{
    private readonly ConcurrentDictionary<ClientConnection, byte> _connections = new();
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public IEnumerable<ClientConnection> All => _connections.Keys;

    /// <summary>Takes a place; false when there is none.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= options.Limits.Connections)
            return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    /// <summary>Makes a connection that has a place known to the pulse.</summary>
    public void Add(ClientConnection connection) => _connections[connection] = 0;

    /// <summary>Gives the place back.</summary>
    public void Leave(ClientConnection connection)
    {
        _connections.TryRemove(connection, out _);
        Interlocked.Decrement(ref _count);
    }
}
