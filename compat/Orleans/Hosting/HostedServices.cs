using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Orleans.Runtime;

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed class SiloService(SiloRuntime silo, ILogger<SiloService> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        logger.LogWarning(
            "Silo {Name} at {Address} runs on the stand-in for Microsoft Orleans:"
            + " for one machine, no engine for production",
            silo.Name,
            silo.Address);
        await silo.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => silo.StopAsync(cancellationToken);
}

/// <summary>Connects and disconnects the client with its host.</summary>
internal sealed class ClientService(ClientCaller client) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        client.Connect();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        client.Disconnect();
        return Task.CompletedTask;
    }
}
