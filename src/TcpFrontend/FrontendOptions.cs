using System.Net;
using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend;

/// <summary>How one frontend is set up. It holds nothing that another frontend could not take over.</summary>
public sealed record FrontendOptions
{
    /// <summary>Where clients connect; port 0 takes a free one.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 6380);

    /// <summary>The key of this instance's output stream: unique for every start of every frontend.</summary>
    public string FrontendId { get; init; } = $"{Environment.MachineName}-{Guid.NewGuid():N}";

    /// <summary>Whether SHUTDOWN is obeyed at all.</summary>
    public bool AllowShutdown { get; init; } = true;

    /// <summary>Whether SHUTDOWN is obeyed from another machine too.</summary>
    public bool AllowRemoteShutdown { get; init; }

    /// <summary>Silence after which a connection with running processes is sent an empty frame. Existing clients give
    /// up after 6 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Silence after which a process is asked whether it still lives and what it has written.</summary>
    public TimeSpan SilenceCheck { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a process may stay out of reach before its clients are told that its node is lost.</summary>
    public TimeSpan LostAfter { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long running processes may go on to write to their clients when the host stops.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an EXEC waits for the output stream to be connected.</summary>
    public TimeSpan StreamWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Sizes and counts.</summary>
    public FrontendLimits Limits { get; init; } = new();

    /// <summary>Sizes of the protocol.</summary>
    public ProtocolLimits Protocol { get; init; } = ProtocolLimits.Default;
}
