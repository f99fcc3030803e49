using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Hosting;
using Orleans.Metadata;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace AgenticOS.Conformance;

public interface IPlacedGrain : IGrainWithStringKey
{
    Task<SiloAddress> Where();
}

public abstract class PlacedGrainBase(ILocalSiloDetails silo) : Grain, IPlacedGrain
{
    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);
}

public interface IRandomGrain : IPlacedGrain;

[RandomPlacement]
public sealed class RandomGrain(ILocalSiloDetails silo) : PlacedGrainBase(silo), IRandomGrain;

public interface ILocalGrain : IPlacedGrain;

[PreferLocalPlacement]
public sealed class LocalGrain(ILocalSiloDetails silo) : PlacedGrainBase(silo), ILocalGrain;

public interface IDirectedGrain : IPlacedGrain;

[NamedSiloPlacement]
public sealed class DirectedGrain(ILocalSiloDetails silo) : PlacedGrainBase(silo), IDirectedGrain;

public interface IWorkerOnlyGrain : IPlacedGrain;

[RandomPlacement, RoleFilter("worker")]
public sealed class WorkerOnlyGrain(ILocalSiloDetails silo) : PlacedGrainBase(silo), IWorkerOnlyGrain;

public interface INowhereGrain : IPlacedGrain;

[RandomPlacement, RoleFilter("nobody")]
public sealed class NowhereGrain(ILocalSiloDetails silo) : PlacedGrainBase(silo), INowhereGrain;

public interface IFilteredAndDirectedGrain : IPlacedGrain;

[NamedSiloPlacement, RoleFilter("worker")]
public sealed class FilteredAndDirectedGrain(ILocalSiloDetails silo) : PlacedGrainBase(silo), IFilteredAndDirectedGrain;

public interface IStatelessGrain : IGrainWithIntegerKey
{
    Task<Guid> HoldIn(string gate);
}

[StatelessWorker(4)]
public sealed class StatelessGrain : Grain, IStatelessGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    public async Task<Guid> HoldIn(string gate)
    {
        await Support.Gate.Named(gate).Pass();
        return _activation;
    }
}

/// <summary>Places a grain on the silo named in the request context, else on the first that may have it.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking]
public sealed class NamedSiloPlacement : PlacementStrategy;

[AttributeUsage(AttributeTargets.Class)]
public sealed class NamedSiloPlacementAttribute() : PlacementAttribute(new NamedSiloPlacement());

public sealed class NamedSiloDirector(ISiloMetadataCache metadata) : IPlacementDirector
{
    public const string WantedName = "wanted-silo";

    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint)
            return Task.FromResult(hint);
        if (target.RequestContextData?.GetValueOrDefault(WantedName) is string wanted)
            return Task.FromResult(silos.FirstOrDefault(s => NameOf(s) == wanted)
                ?? throw new OrleansException($"no silo {wanted} for {target.GrainIdentity}"));
        return Task.FromResult(silos.OrderBy(NameOf).First());
    }

    private string? NameOf(SiloAddress silo) => metadata.GetSiloMetadata(silo).Metadata.GetValueOrDefault("name");
}

/// <summary>Lets a grain onto silos of one role only; the role travels as a property of the grain type.</summary>
public sealed class RoleFilterStrategy(string role, int order) : PlacementFilterStrategy(order)
{
    public RoleFilterStrategy()
        : this("", 0)
    {
    }

    public string Role { get; private set; } = role;

    public override void AdditionalInitialize(GrainProperties properties) =>
        Role = GetPlacementFilterGrainProperty("role", properties) ?? throw new InvalidOperationException("no role");

    protected override IEnumerable<KeyValuePair<string, string>> GetAdditionalGrainProperties(
        IServiceProvider services, Type grainClass, GrainType grainType,
        IReadOnlyDictionary<string, string> existingProperties) => [new("role", Role)];
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class RoleFilterAttribute(string role, int order = 0)
    : PlacementFilterAttribute(new RoleFilterStrategy(role, order))
{
    public string Role { get; } = role;

    public int Order { get; } = order;
}

public sealed class RoleFilterDirector(ISiloMetadataCache metadata) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        var role = ((RoleFilterStrategy)filterStrategy).Role;
        return silos.Where(s => metadata.GetSiloMetadata(s).Metadata.GetValueOrDefault("role") == role);
    }
}

/// <summary>How a silo of these tests is made: first the name, then the role.</summary>
public static class PlacementSetup
{
    public static void Configure(ISiloBuilder silo, string name, string role)
    {
        silo.UseSiloMetadata(new Dictionary<string, string> { ["name"] = name, ["role"] = role });
        silo.AddPlacementDirector<NamedSiloPlacement, NamedSiloDirector>();
        silo.Services.AddPlacementFilter<RoleFilterStrategy, RoleFilterDirector>(ServiceLifetime.Transient);
    }
}
