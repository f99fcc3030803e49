using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;
using Orleans.Placement;

namespace Orleans.Runtime.Placement;

/// <summary>Finds the silo for a grain that is active nowhere: filters, then the director of its strategy.</summary>
internal sealed class PlacementService(SiloRuntime silo) : IPlacementContext
{
    private readonly ConcurrentDictionary<GrainType, Plan> plans = new();
    private readonly ConcurrentDictionary<GrainId, Task<SiloAddress>> underWay = new();

    public SiloAddress LocalSilo => silo.Address;

    public SiloStatus LocalSiloStatus => silo.Network.Membership.Current.GetSiloStatus(silo.Address);

    /// <summary>The silo for this grain; calls for one grain share one decision.</summary>
    public Task<SiloAddress> Place(Message message, GrainClass grainClass)
    {
        var id = message.TargetGrain;
        var decision = underWay.GetOrAdd(
            id, static (_, a) => a.self.Decide(a.message, a.grainClass), (self: this, message, grainClass));
        if (decision.IsCompleted)
            underWay.TryRemove(KeyValuePair.Create(id, decision));
        else
            _ = decision.ContinueWith(
                (done, _) => underWay.TryRemove(KeyValuePair.Create(id, (Task<SiloAddress>)done)),
                null,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        return decision;
    }

    public SiloAddress[] GetCompatibleSilos(PlacementTarget target)
    {
        var grainType = target.GrainIdentity.Type;
        var plan = PlanOf(silo.Classes.Get(grainType));
        IEnumerable<SiloAddress> silos = silo.Network.ActiveSilos();
        foreach (var (strategy, director) in plan.Filters)
            silos = director.Filter(strategy, target, silos);
        SiloAddress[] compatible = [.. silos];
        return compatible.Length > 0
            ? compatible
            : throw new OrleansException(
                $"No active nodes are compatible with grain {grainType} and interface {target.InterfaceType}"
                + $" version {target.InterfaceVersion}.");
    }

    private async Task<SiloAddress> Decide(Message message, GrainClass grainClass)
    {
        var plan = PlanOf(grainClass);
        var target = new PlacementTarget(
            message.TargetGrain,
            message.RequestContext ?? [],
            GrainClassRules.InterfaceTypeOf(message.Method!.Interface),
            0);
        return await plan.Director.OnAddActivation(plan.Strategy, target, this);
    }

    private Plan PlanOf(GrainClass grainClass) =>
        plans.TryGetValue(grainClass.GrainType, out var plan)
            ? plan
            : plans.GetOrAdd(grainClass.GrainType, _ => NewPlan(grainClass.Properties));

    private Plan NewPlan(GrainProperties properties)
    {
        var services = silo.Services;
        var name = properties.Properties.GetValueOrDefault(
            WellKnownGrainTypeProperties.PlacementStrategy, nameof(RandomPlacement));
        var strategy = services.GetRequiredKeyedService<PlacementStrategy>(name);
        strategy.Initialize(properties);
        var director = services.GetRequiredKeyedService<IPlacementDirector>(strategy.GetType());
        var filters = properties.Properties.GetValueOrDefault(WellKnownGrainTypeProperties.PlacementFilter, "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(filter => NewFilter(filter, properties))
            .OrderBy(f => f.Strategy.Order);
        return new Plan(strategy, director, [.. filters]);
    }

    private (PlacementFilterStrategy Strategy, IPlacementFilterDirector Director) NewFilter(
        string name, GrainProperties properties)
    {
        var strategy = silo.Services.GetRequiredKeyedService<PlacementFilterStrategy>(name);
        strategy.Initialize(properties);
        return (strategy, silo.Services.GetRequiredKeyedService<IPlacementFilterDirector>(strategy.GetType()));
    }

    private sealed record Plan(
        PlacementStrategy Strategy,
        IPlacementDirector Director,
        (PlacementFilterStrategy Strategy, IPlacementFilterDirector Director)[] Filters);
}
