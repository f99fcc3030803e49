using AgenticOS.Grains;
using AgenticOS.Grains.Nodes;
using AgenticOS.Grains.Output.PushStreams;
using AgenticOS.Grains.Processes;
using AgenticOS.Inference.LlamaCpp;
using AgenticOS.Inference.Model;
using AgenticOS.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace AgenticOS.Silo;

/// <summary>Puts a silo together. How it finds other silos is the caller's.</summary>
public static class SiloHosting
{
    /// <summary>Storage that the framework keeps stream subscriptions in, by its own name.</summary>
    private const string SubscriptionStorage = "PubSubStore";

    /// <summary>Adds all of the kernel to a silo.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message is one line.</exception>
    public static ISiloBuilder AddAgenticOS(this ISiloBuilder builder, SiloOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { } fault)
            throw new ArgumentException(fault, nameof(options));
        builder.AddMemoryGrainStorage(KernelStorage.Name);
        builder.AddMemoryGrainStorage(SubscriptionStorage);
        builder.AddOutputStreams();
        builder.AddKernel();
        builder.Configure<Orleans.Configuration.SiloOptions>(silo => silo.SiloName = options.Name);
        builder.Configure<Orleans.Configuration.SiloMessagingOptions>(
            messaging => messaging.ResponseTimeout = SiloLimits.Response);
        builder.Services.Configure<NodeOptions>(node => Apply(options, node));
        builder.Services.Configure<ProcessOptions>(processes => processes.Retention = options.Retention);
        builder.Services.TryAddSingleton<IModelBackend>(services => LlamaCppBackend.Open(
            services.GetRequiredService<ILoggerFactory>().CreateLogger<LlamaCppBackend>(), options.NativesFolder));
        builder.Services.TryAddSingleton(new Workspaces(Path.Combine(options.StateFolder, "workspaces")));
        builder.Services.TryAddSingleton<ISyscallRunner, SyscallRunner>();
        return builder;
    }

    private static void Apply(SiloOptions options, NodeOptions node)
    {
        foreach (var folder in options.ModelFolders)
            node.ModelFolders.Add(folder);
        node.Slots = options.Slots;
        node.ContextPerSlot = options.Context;
        node.Threads = options.Threads;
        node.CoresLeftFree = options.CoresLeftFree;
        node.PinThreads = options.PinThreads;
        node.UnifiedKv = options.Kv == "unified";
    }
}
