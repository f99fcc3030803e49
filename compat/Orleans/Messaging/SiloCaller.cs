using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>
/// A silo's side of messaging: finds where a grain is active, or places it, and hands the request over. It also is the
/// client that the silo hosts for its code outside grains.
/// </summary>
internal sealed class SiloCaller : GrainCaller
{
    private readonly SiloRuntime silo;
    private readonly SiloMessagingOptions options;

    public SiloCaller(SiloRuntime silo, SiloMessagingOptions options, IMessageCopier copier)
        : base(options, silo.Time, copier)
    {
        this.silo = silo;
        this.options = options;
        Observers = new ObserverTable(this, ClientId, silo.Log);
    }

    public override GrainId ClientId { get; } = ClientIds.NewClient();

    public override ObserverTable Observers { get; }

    public override void Send(Message message) => Route(message);

    /// <summary>Takes a request of this silo, or of a client that this silo is the gateway of.</summary>
    public void Route(Message message)
    {
        // What a killed silo still tries to send is lost.
        if (silo.IsDead)
            return;
        message.SendingSilo ??= silo.Address;
        if (silo.Catalog.Find(message.TargetGrain) is { } here)
        {
            message.TargetSilo = silo.Address;
            here.Receive(message);
        }
        else if (ClientIds.IsClient(message.TargetGrain))
        {
            SendToClient(message);
        }
        else
        {
            Address(message);
        }
    }

    /// <summary>The target was not where the request went; tries again, a few times.</summary>
    public void Forward(Message message)
    {
        if (message.LocalTurn is not null || silo.IsDead)
            return;
        if (++message.ForwardCount > options.MaxForwardCount)
            Respond(message, null, new OrleansMessageRejectionException(
                $"Forwarding failed: tried to forward message {message} for {message.ForwardCount} times."));
        else
            Route(message);
    }

    private void SendToClient(Message message)
    {
        var client = ClientIds.ClientOf(message.TargetGrain);
        if (silo.Network.FindClient(client) is { } caller)
            caller.Observers.Receive(message);
        else
            Respond(message, null, new ClientNotAvailableException(client));
    }

    private void Address(Message message)
    {
        try
        {
            var grainClass = silo.Classes.Get(message.TargetGrain.Type);
            if (!grainClass.UsesDirectory && !silo.IsStopping)
                Deliver(silo, message);
            else if (FindActive(message.TargetGrain) is { } target)
                Deliver(target, message);
            else
                _ = PlaceAsync(message, grainClass);
        }
        catch (ArgumentException exception)
        {
            Respond(message, null, exception);
        }
    }

    // An entry of a silo that is gone is left over from an activation that began while its silo died.
    private SiloRuntime? FindActive(GrainId grain)
    {
        if (silo.Network.Directory.Lookup(grain) is not { } entry)
            return null;
        var target = silo.Network.FindSilo(entry.SiloAddress);
        if (target is null)
            silo.Network.Directory.Unregister(entry);
        return target;
    }

    private async Task PlaceAsync(Message message, GrainClass grainClass)
    {
        try
        {
            SendTo(await silo.Placement.Place(message, grainClass), message);
        }
        catch (Exception exception)
        {
            Respond(message, null, exception);
        }
    }

    private void SendTo(SiloAddress address, Message message)
    {
        if (silo.Network.FindSilo(address) is { } target)
            Deliver(target, message);
        else
            Forward(message);
    }

    private static void Deliver(SiloRuntime target, Message message)
    {
        message.TargetSilo = target.Address;
        target.Catalog.Receive(message, target.Classes.Get(message.TargetGrain.Type));
    }
}
