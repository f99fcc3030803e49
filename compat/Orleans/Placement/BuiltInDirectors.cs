namespace Orleans.Runtime.Placement;

/// <summary>Any compatible silo.</summary>
internal sealed class RandomPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var hint = IPlacementDirector.GetPlacementHint(target.RequestContextData, silos);
        return Task.FromResult(hint ?? silos[Random.Shared.Next(silos.Length)]);
    }
}

/// <summary>The silo where the call arrived, else any compatible one.</summary>
internal sealed class PreferLocalPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var hint = IPlacementDirector.GetPlacementHint(target.RequestContextData, silos);
        var local = silos.Contains(context.LocalSilo) ? context.LocalSilo : silos[Random.Shared.Next(silos.Length)];
        return Task.FromResult(hint ?? local);
    }
}

/// <summary>The compatible silo that the grain's hash falls on, the silos in order.</summary>
internal sealed class HashBasedPlacementDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var hint = IPlacementDirector.GetPlacementHint(target.RequestContextData, silos);
        var ordered = silos.Order().ToArray();
        return Task.FromResult(hint ?? ordered[target.GrainIdentity.GetUniformHashCode() % (uint)ordered.Length]);
    }
}

/// <summary>The compatible silo with the fewest activations.</summary>
internal sealed class ActivationCountPlacementDirector(SiloRuntime silo) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var hint = IPlacementDirector.GetPlacementHint(target.RequestContextData, silos);
        return Task.FromResult(hint ?? silos.MinBy(s => silo.Network.FindSilo(s)?.Catalog.Count ?? int.MaxValue)!);
    }
}
