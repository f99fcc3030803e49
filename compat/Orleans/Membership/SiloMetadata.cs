using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Orleans.Runtime.MembershipService.SiloMetadata;

/// <summary>What a silo says about itself, as names and texts.</summary>
[GenerateSerializer, Immutable]
public record SiloMetadata
{
    /// <summary>Nothing said.</summary>
    public static SiloMetadata Empty { get; } = new();

    /// <summary>The names and texts.</summary>
    public ImmutableDictionary<string, string> Metadata { get; internal init; } =
        ImmutableDictionary<string, string>.Empty;
}

/// <summary>What every silo of the cluster says about itself.</summary>
public interface ISiloMetadataCache
{
    /// <summary>What this silo says; empty for one that says nothing or is not known.</summary>
    SiloMetadata GetSiloMetadata(SiloAddress siloAddress);
}

/// <summary>Sets what a silo says about itself.</summary>
public static class SiloMetadataHostingExtensions
{
    /// <summary>Says the values of the configuration section <c>Orleans:Metadata</c>.</summary>
    public static ISiloBuilder UseSiloMetadata(this ISiloBuilder builder) =>
        builder.UseSiloMetadata(builder.Configuration);

    /// <summary>Says the values of the section <c>Orleans:Metadata</c> of this configuration.</summary>
    public static ISiloBuilder UseSiloMetadata(this ISiloBuilder builder, IConfiguration configuration) =>
        builder.UseSiloMetadata(configuration.GetSection("Orleans").GetSection("Metadata"));

    /// <summary>Says the values of this section.</summary>
    public static ISiloBuilder UseSiloMetadata(this ISiloBuilder builder, IConfigurationSection configurationSection) =>
        builder.UseSiloMetadata(configurationSection.Get<Dictionary<string, string>>() ?? []);

    /// <summary>Says these values.</summary>
    public static ISiloBuilder UseSiloMetadata(this ISiloBuilder builder, Dictionary<string, string> metadata)
    {
        builder.Services.Configure<SiloMetadataSettings>(settings =>
            settings.Metadata = new() { Metadata = settings.Metadata.Metadata.SetItems(metadata) });
        return builder;
    }
}

/// <summary>What this silo says about itself.</summary>
internal sealed class SiloMetadataSettings
{
    public SiloMetadata Metadata { get; set; } = SiloMetadata.Empty;
}

/// <inheritdoc />
internal sealed class SiloMetadataCache(SiloRuntime silo) : ISiloMetadataCache
{
    public SiloMetadata GetSiloMetadata(SiloAddress siloAddress) =>
        silo.Network.FindSilo(siloAddress)?.Metadata ?? SiloMetadata.Empty;
}
