using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Metadata;

namespace Orleans.Runtime;

/// <summary>A grain class with everything that its activations need, worked out once per silo.</summary>
internal sealed class GrainClass
{
    private readonly GrainFactoryOfClass factory;

    public GrainClass(Type type, IServiceProvider services)
    {
        Type = type;
        GrainType = GrainClassRules.GrainTypeOf(type);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        CollectionAge = type.IsDefined(typeof(KeepAliveAttribute))
            ? Timeout.InfiniteTimeSpan
            : type.GetCustomAttribute<CollectionAgeLimitAttribute>()?.AgeLimit;
        Properties = PropertiesOf(type, GrainType, services);
        MaxLocalWorkers = MaxWorkers(Properties);
        UsesDirectory = MaxLocalWorkers == 0;
        MainInterface = GrainClassRules.InterfacesOf(type).FirstOrDefault() ?? typeof(IAddressable);
        factory = new GrainFactoryOfClass(type);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public GrainProperties Properties { get; }

    public bool IsReentrant { get; }

    public bool UsesDirectory { get; }

    /// <summary>How many activations of one grain a silo may have; 0 when the grain is no stateless worker.</summary>
    public int MaxLocalWorkers { get; }

    public TimeSpan? CollectionAge { get; }

    /// <summary>The interface of references that the grain hands out of itself.</summary>
    public Type MainInterface { get; }

    /// <summary>Makes an instance with its constructor's services and facets.</summary>
    public object Create(IGrainContext context) => factory.Create(context);

    private static GrainProperties PropertiesOf(Type type, GrainType grainType, IServiceProvider services)
    {
        var properties = new Dictionary<string, string>
        {
            [WellKnownGrainTypeProperties.TypeName] = type.Name,
            [WellKnownGrainTypeProperties.FullTypeName] = type.FullName!,
        };
        foreach (var attribute in type.GetCustomAttributes(inherit: true).OfType<IGrainPropertiesProviderAttribute>())
            attribute.Populate(services, type, grainType, properties);
        return new GrainProperties(properties.ToImmutableDictionary());
    }

    private static int MaxWorkers(GrainProperties properties) =>
        properties.Properties.GetValueOrDefault(WellKnownGrainTypeProperties.PlacementStrategy)
            == nameof(StatelessWorkerPlacement)
            ? int.Parse(properties.Properties[StatelessWorkerPlacement.MaxLocalKey])
            : 0;
}

/// <summary>Makes instances of one grain class. Facets are made first, because they belong to the activation.</summary>
internal sealed class GrainFactoryOfClass
{
    private readonly ObjectFactory create;
    private readonly ParameterInfo[] facets;

    public GrainFactoryOfClass(Type type)
    {
        var constructors = type.GetConstructors();
        var parameters = constructors.Length == 1 ? constructors[0].GetParameters() : [];
        facets = [.. parameters.Where(p => p.GetCustomAttributes().OfType<IFacetMetadata>().Any())];
        create = ActivatorUtilities.CreateFactory(type, [.. facets.Select(f => f.ParameterType)]);
    }

    public object Create(IGrainContext context)
    {
        var services = context.ActivationServices;
        object?[] arguments = [.. facets.Select(f => Facets.Make(f, context))];
        return create(services, arguments);
    }
}
