using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace Orleans.Placement;

/// <summary>A condition on the silos that a grain may be placed on. Its settings travel as grain properties.</summary>
public abstract class PlacementFilterStrategy
{
    /// <summary>With its place among the grain's filters; lower ones go first.</summary>
    protected PlacementFilterStrategy(int order) => Order = order;

    /// <summary>Its place among the grain's filters.</summary>
    public int Order { get; private set; }

    /// <summary>Takes the settings back from the grain's properties.</summary>
    public void Initialize(GrainProperties properties)
    {
        Order = int.TryParse(GetPlacementFilterGrainProperty("order", properties), out var order)
            ? order
            : throw new ArgumentException("Invalid order property value.");
        AdditionalInitialize(properties);
    }

    /// <summary>Takes a derived strategy's own settings back.</summary>
    public virtual void AdditionalInitialize(GrainProperties properties)
    {
    }

    /// <summary>Writes the filter's name and settings to the grain's properties.</summary>
    public void PopulateGrainProperties(
        IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        const string key = WellKnownGrainTypeProperties.PlacementFilter;
        var name = GetType().Name;
        properties[key] = properties.TryGetValue(key, out var others) ? $"{others},{name}" : name;
        properties[$"{key}.{name}.order"] = Order.ToString();
        foreach (var (own, value) in GetAdditionalGrainProperties(services, grainClass, grainType, properties))
            properties[$"{key}.{name}.{own}"] = value;
    }

    /// <summary>The value that this filter wrote under a name.</summary>
    protected string? GetPlacementFilterGrainProperty(string key, GrainProperties properties) =>
        properties.Properties.GetValueOrDefault(
            $"{WellKnownGrainTypeProperties.PlacementFilter}.{GetType().Name}.{key}");

    /// <summary>A derived strategy's own settings.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string>> GetAdditionalGrainProperties(
        IServiceProvider services,
        Type grainClass,
        GrainType grainType,
        IReadOnlyDictionary<string, string> existingProperties) => [];
}

/// <summary>Gives a grain class a placement filter.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public abstract class PlacementFilterAttribute : Attribute, IGrainPropertiesProviderAttribute
{
    /// <summary>With this filter.</summary>
    protected PlacementFilterAttribute(PlacementFilterStrategy placement) =>
        PlacementFilterStrategy = placement ?? throw new ArgumentNullException(nameof(placement));

    /// <summary>The filter.</summary>
    public PlacementFilterStrategy PlacementFilterStrategy { get; }

    /// <inheritdoc />
    public virtual void Populate(
        IServiceProvider services, Type grainClass, GrainType grainType, Dictionary<string, string> properties) =>
        PlacementFilterStrategy.PopulateGrainProperties(services, grainClass, grainType, properties);
}

/// <summary>Applies the filter strategy that it is registered for.</summary>
public interface IPlacementFilterDirector
{
    /// <summary>Those of the silos that may hold the grain.</summary>
    IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos);
}

/// <summary>Registers placement filters.</summary>
public static class PlacementFilterExtensions
{
    /// <summary>Registers a filter strategy and who applies it.</summary>
    public static IServiceCollection AddPlacementFilter<TFilter, TDirector>(
        this IServiceCollection services, ServiceLifetime strategyLifetime)
        where TFilter : PlacementFilterStrategy, new()
        where TDirector : class, IPlacementFilterDirector
    {
        services.Add(ServiceDescriptor.DescribeKeyed(
            typeof(PlacementFilterStrategy), typeof(TFilter).Name, typeof(TFilter), strategyLifetime));
        return services.AddKeyedSingleton<IPlacementFilterDirector, TDirector>(typeof(TFilter));
    }
}
