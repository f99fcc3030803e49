namespace AgenticOS.TcpFrontend;

/// <summary>What one client, and all of them, can make a frontend hold.</summary>
public sealed record FrontendLimits
{
    /// <summary>Connections at once; one more is told BUSY and closed.</summary>
    public int Connections { get; init; } = 4096;

    /// <summary>Bytes written for a connection and not yet taken by the transport; past it the reader is cut
    /// off.</summary>
    public long UnsentBytes { get; init; } = 4L << 20;

    /// <summary>Processes that one connection listens to at once; one more EXEC is answered BUSY.</summary>
    public int ProcessesPerConnection { get; init; } = 4096;

    /// <summary>Output of one process kept while its EXEC is not answered or a gap is being filled; past it the output
    /// is read from the process's log instead.</summary>
    public int HeldBytes { get; init; } = 1 << 20;

    /// <summary>A connection without running processes that says nothing for so long is closed.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the last bytes of a closing connection may take to be sent.</summary>
    public TimeSpan CloseTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a refused client is still read, so that the refusal is not lost to what it had sent.</summary>
    public TimeSpan LingerTime { get; init; } = TimeSpan.FromSeconds(1);
}
