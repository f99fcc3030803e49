using AgenticOS.TcpFrontend.Connections;
using Microsoft.Extensions.Hosting;

namespace AgenticOS.TcpFrontend;

/// <summary>The one timer of a frontend: heartbeats, silent processes, idle connections, and the stream's health. A
/// pulse over a thousand quiet connections is a thousand comparisons.</summary>
internal sealed class FrontendPulse(FrontendServices services, ConnectionTable table) : IHostedService, IDisposable
{
    /// <summary>Between two pulses: how late a heartbeat may be.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan StreamCheck = TimeSpan.FromSeconds(30);

    private ITimer? _timer;
    private long _streamCheckedAt;
    private int _isBeating;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _streamCheckedAt = services.Time.GetTimestamp();
        _timer = services.Time.CreateTimer(static p => ((FrontendPulse)p!).Beat(), this, Period, Period);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    /// <summary>A beat that is late is left out; one that fails is logged and the next one comes.</summary>
    private void Beat()
    {
        if (Interlocked.Exchange(ref _isBeating, 1) == 1)
            return;
        try
        {
            foreach (var connection in table.All)
                connection.Pulse();
            if (services.Time.GetElapsedTime(_streamCheckedAt) >= StreamCheck)
            {
                _streamCheckedAt = services.Time.GetTimestamp();
                services.Subscription.Suspect();
            }
        }
        catch (Exception failure)
        {
            services.Log.PulseFailed(failure);
        }
        finally
        {
            Volatile.Write(ref _isBeating, 0);
        }
    }
}
