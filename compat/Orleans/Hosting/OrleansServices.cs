using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;
using Orleans.Serialization;

namespace Orleans.Hosting;

/// <summary>The services of a silo and of a client.</summary>
internal static class OrleansServices
{
    public static void AddSilo(IServiceCollection services)
    {
        if (services.Any(s => s.ServiceType == typeof(SiloRuntime)))
            return;
        AddCommon(services);
        services.AddSingleton<SiloRuntime>();
        services.AddSingleton<ILocalSiloDetails>(s => s.GetRequiredService<SiloRuntime>());
        services.AddSingleton(s => s.GetRequiredService<SiloRuntime>().Classes);
        services.AddSingleton<GrainCaller>(s => s.GetRequiredService<SiloRuntime>().Caller);
        services.AddSingleton<IGrainRuntime, GrainRuntime>();
        services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.AddSingleton<IClusterMembershipService, ClusterMembershipService>();
        services.AddSingleton<ISiloMetadataCache, SiloMetadataCache>();
        services.AddScoped<ActivationSlot>();
        services.AddScoped<IGrainContext>(s => s.GetRequiredService<ActivationSlot>().Activation!);
        services.AddSingleton<IPersistentStateFactory, PersistentStateFactory>();
        services.AddSingleton<IAttributeToFactoryMapper<PersistentStateAttribute>, PersistentStateAttributeMapper>();
        AddPlacement(services);
        services.AddHostedService<SiloService>();
    }

    public static void AddClient(IServiceCollection services)
    {
        if (services.Any(s => s.ServiceType == typeof(ClientCaller)))
            return;
        AddCommon(services);
        services.AddSingleton(NetworkOf);
        services.AddSingleton<GrainClasses>();
        services.AddSingleton(s => ActivatorUtilities.CreateInstance<ClientCaller>(
            s, s.GetRequiredService<IOptions<ClientMessagingOptions>>().Value));
        services.AddSingleton<GrainCaller>(s => s.GetRequiredService<ClientCaller>());
        services.AddHostedService<ClientService>();
    }

    public static IConfiguration ConfigurationOf(IServiceCollection services) =>
        services.LastOrDefault(s => s.ServiceType == typeof(IConfiguration))?.ImplementationInstance as IConfiguration
        ?? new ConfigurationBuilder().Build();

    private static void AddCommon(IServiceCollection services)
    {
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMessageCopier, MessageCopier>();
        services.AddSingleton(s => new DeepCopier(s, MessageCopier.Reference));
        services.AddSingleton(s => new Serializer(s));
        services.AddSingleton<GrainFactory>();
        services.AddSingleton<IGrainFactory>(s => s.GetRequiredService<GrainFactory>());
        services.AddSingleton<IClusterClient>(s => s.GetRequiredService<GrainFactory>());
    }

    private static void AddPlacement(IServiceCollection services)
    {
        services.AddPlacementDirector<RandomPlacement, RandomPlacementDirector>();
        services.AddPlacementDirector<PreferLocalPlacement, PreferLocalPlacementDirector>();
        services.AddPlacementDirector<HashBasedPlacement, HashBasedPlacementDirector>();
        services.AddPlacementDirector<ActivationCountBasedPlacement, ActivationCountPlacementDirector>();
    }

    private static InProcessNetwork NetworkOf(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        return InProcessNetwork.Of(options.ClusterId, options.ServiceId);
    }
}
