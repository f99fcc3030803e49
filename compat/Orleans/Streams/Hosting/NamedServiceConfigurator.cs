using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Orleans.Hosting;

/// <summary>Configures a service that has a name, and the parts that share it.</summary>
public interface INamedServiceConfigurator
{
    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>Gives access to the services.</summary>
    Action<Action<IServiceCollection>> ConfigureDelegate { get; }
}

/// <inheritdoc cref="INamedServiceConfigurator"/>
public class NamedServiceConfigurator(string name, Action<Action<IServiceCollection>> configureDelegate)
    : INamedServiceConfigurator
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public Action<Action<IServiceCollection>> ConfigureDelegate { get; } = configureDelegate;
}

/// <summary>Extends <see cref="INamedServiceConfigurator"/>.</summary>
public static class NamedServiceConfiguratorExtensions
{
    /// <summary>Sets the options of the name.</summary>
    public static void Configure<TOptions>(
        this INamedServiceConfigurator configurator, Action<OptionsBuilder<TOptions>>? configureOptions)
        where TOptions : class, new() =>
        configurator.ConfigureDelegate(
            services => configureOptions?.Invoke(services.AddOptions<TOptions>(configurator.Name)));

    /// <summary>Registers a part under the name.</summary>
    public static void ConfigureComponent<TComponent>(
        this INamedServiceConfigurator configurator, Func<IServiceProvider, string, TComponent> factory)
        where TComponent : class =>
        configurator.ConfigureDelegate(services =>
            services.AddKeyedSingleton(configurator.Name, (sp, key) => factory(sp, (string)key!)));

    /// <summary>Registers a part under the name and sets its options.</summary>
    public static void ConfigureComponent<TOptions, TComponent>(
        this INamedServiceConfigurator configurator,
        Func<IServiceProvider, string, TComponent> factory,
        Action<OptionsBuilder<TOptions>>? configureOptions = null)
        where TOptions : class, new()
        where TComponent : class
    {
        configurator.Configure(configureOptions);
        configurator.ConfigureComponent(factory);
    }
}
