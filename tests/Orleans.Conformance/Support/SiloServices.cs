using Microsoft.Extensions.DependencyInjection;

namespace AgenticOS.Conformance.Support;

/// <summary>What a silo's container offers to code that is not a grain.</summary>
public static class SiloServices
{
    /// <summary>The grain factory of a silo host: the hosted client.</summary>
    public static IGrainFactory GetGrains(this IServiceProvider services) =>
        services.GetRequiredService<IGrainFactory>();
}
