using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>
/// A client outside the silos: sends each request through a gateway silo, always the same one for one grain while it
/// lives, so that requests to a grain keep their order.
/// </summary>
internal sealed class ClientCaller : GrainCaller
{
    private readonly InProcessNetwork network;

    public ClientCaller(
        InProcessNetwork network,
        ClientMessagingOptions options,
        TimeProvider time,
        IMessageCopier copier,
        ILogger<ClientCaller> logger)
        : base(options, time, copier)
    {
        this.network = network;
        Observers = new ObserverTable(this, ClientId, logger);
    }

    public override GrainId ClientId { get; } = ClientIds.NewClient();

    public override ObserverTable Observers { get; }

    public void Connect()
    {
        if (network.ActiveSilos().Length == 0)
            throw new SiloUnavailableException("Could not find any gateway. Orleans client cannot initialize.");
        network.Connect(this);
    }

    public void Disconnect()
    {
        network.Disconnect(this);
        Dispose();
    }

    public override void Send(Message message)
    {
        var gateways = network.ActiveSilos();
        var gateway = gateways.Length == 0
            ? null
            : network.FindSilo(gateways[message.TargetGrain.GetUniformHashCode() % (uint)gateways.Length]);
        if (gateway is null)
            Respond(message, null, new SiloUnavailableException("There is no connected gateway."));
        else
            gateway.Caller.Route(message);
    }
}
