using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>What a test cluster is made of.</summary>
public sealed class InProcessTestClusterOptions
{
    /// <summary>The cluster's id, unique to each cluster.</summary>
    public string ClusterId { get; set; } = null!;

    /// <summary>The service's id.</summary>
    public string ServiceId { get; set; } = null!;

    /// <summary>How many silos are started first.</summary>
    public short InitialSilosCount { get; set; }

    /// <summary>True when deploying also starts the client.</summary>
    public bool InitializeClientOnDeploy { get; set; }

    /// <summary>True for a log file per silo; the stand-in writes none.</summary>
    public bool ConfigureFileLogging { get; set; } = true;

    /// <summary>True when every silo takes clients.</summary>
    public bool GatewayPerSilo { get; set; } = true;

    /// <summary>What is done to each silo's host.</summary>
    public List<Action<InProcessTestSiloSpecificOptions, IHostApplicationBuilder>> SiloHostConfigurationDelegates
    {
        get;
    } = [];

    /// <summary>What is done to the client's host.</summary>
    public List<Action<IHostApplicationBuilder>> ClientHostConfigurationDelegates { get; } = [];
}

/// <summary>What tells one silo of a test cluster from the others.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    /// <summary>The port for silos; nobody listens there.</summary>
    public int SiloPort { get; set; }

    /// <summary>The port for clients; nobody listens there.</summary>
    public int GatewayPort { get; set; }

    /// <summary>The silo's name.</summary>
    public string SiloName { get; set; } = null!;
}
