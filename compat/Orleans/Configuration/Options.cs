using System.Net;

namespace Orleans.Configuration;

/// <summary>Which cluster a silo or a client belongs to.</summary>
public class ClusterOptions
{
    /// <summary>The cluster: silos and clients of one cluster id find each other.</summary>
    public string ClusterId { get; set; } = "default";

    /// <summary>The service: what stored state belongs to, across clusters.</summary>
    public string ServiceId { get; set; } = "default";
}

/// <summary>What the silo is called.</summary>
public class SiloOptions
{
    /// <summary>The silo's name.</summary>
    public string SiloName { get; set; } = "";
}

/// <summary>Where a silo listens, or would.</summary>
public class EndpointOptions
{
    /// <summary>The address.</summary>
    public IPAddress AdvertisedIPAddress { get; set; } = IPAddress.Loopback;

    /// <summary>The port for silos.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>The port for clients; 0 when it takes none.</summary>
    public int GatewayPort { get; set; } = 30000;
}

/// <summary>How calls are sent and how long they are waited for.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for a response before it gets a <see cref="TimeoutException"/>.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>True when a call that timed out also cancels the callee's token.</summary>
    public bool CancelRequestOnTimeout { get; set; } = true;

    /// <summary>True when a cancelled call waits until the callee has ended.</summary>
    public bool WaitForCancellationAcknowledgement { get; set; }
}

/// <inheritdoc />
public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>How often a request is sent on because its target has moved.</summary>
    public int MaxForwardCount { get; set; } = 2;
}

/// <inheritdoc />
public class ClientMessagingOptions : MessagingOptions;

/// <summary>When activations that nobody calls are deactivated.</summary>
public class GrainCollectionOptions
{
    /// <summary>How often it is looked for them.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an activation stays without calls.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The same for single grain classes, by full class name.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; } = [];

    /// <summary>How long activating a grain may take.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long deactivating a grain may take.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
