using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster.</summary>
public abstract class SiloHandle : IDisposable, IAsyncDisposable
{
    /// <summary>Counts the silos of the cluster.</summary>
    public short InstanceNumber { get; set; }

    /// <summary>Its name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>Its address.</summary>
    public SiloAddress SiloAddress { get; set; } = null!;

    /// <summary>Where clients connect.</summary>
    public SiloAddress GatewayAddress { get; set; } = null!;

    /// <summary>True until it is stopped or killed.</summary>
    public abstract bool IsActive { get; }

    /// <summary>Stops it in good order, or kills it.</summary>
    public abstract Task StopSiloAsync(bool stopGracefully);

    /// <summary>Stops it in good order while the token lasts.</summary>
    public abstract Task StopSiloAsync(CancellationToken ct);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    /// <inheritdoc />
    public void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <summary>For people.</summary>
    public override string ToString() => SiloAddress.ToString();
}

/// <summary>A silo in this process.</summary>
public class InProcessSiloHandle : SiloHandle
{
    private bool isActive = true;

    /// <summary>Its host.</summary>
    public IHost SiloHost { get; init; } = null!;

    /// <summary>Its services.</summary>
    public IServiceProvider ServiceProvider => SiloHost.Services;

    /// <inheritdoc />
    public override bool IsActive => isActive;

    /// <inheritdoc />
    public override async Task StopSiloAsync(bool stopGracefully)
    {
        using var stop = new CancellationTokenSource();
        if (!stopGracefully)
        {
            await stop.CancelAsync();
            SiloHost.Services.GetRequiredService<SiloRuntime>().Kill();
        }

        await StopSiloAsync(stop.Token);
    }

    /// <inheritdoc />
    public override async Task StopSiloAsync(CancellationToken ct)
    {
        if (!IsActive)
            return;
        isActive = false;
        try
        {
            await SiloHost.StopAsync(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Killed: what its services did not finish stays unfinished.
        }

        if (SiloHost is IAsyncDisposable host)
            await host.DisposeAsync();
        else
            SiloHost.Dispose();
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await StopSiloAsync(stopGracefully: true);
        GC.SuppressFinalize(this);
    }
}
