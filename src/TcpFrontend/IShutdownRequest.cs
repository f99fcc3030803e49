using Microsoft.Extensions.Hosting;

namespace AgenticOS.TcpFrontend;

/// <summary>Stops the host that the frontend runs in; what SHUTDOWN calls once its reply is sent.</summary>
public interface IShutdownRequest
{
    /// <summary>Begins the stop and returns; safe to repeat.</summary>
    void Request();
}

/// <summary>Stops the application.</summary>
internal sealed class HostShutdownRequest(IHostApplicationLifetime lifetime) : IShutdownRequest
{
    /// <inheritdoc/>
    public void Request() => lifetime.StopApplication();
}
