namespace Orleans.Runtime;

/// <summary>Answers questions about the cluster as a whole; any key reaches one that knows.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>The silos and their statuses.</summary>
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>How many activations there are in the cluster.</summary>
    Task<int> GetTotalActivationCount();

    /// <summary>How many activations each grain class has on each silo.</summary>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

    /// <summary>Every activation of these grain classes, or of all, on these silos, or on all.</summary>
    Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null);

    /// <summary>The silo where a grain is active, or null.</summary>
    ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference);

    /// <summary>Deactivates on every silo what nobody used for this long.</summary>
    Task ForceActivationCollection(TimeSpan ageLimit);

    /// <summary>Deactivates on these silos what nobody used for this long.</summary>
    Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit);
}

/// <summary>One activation of a grain class.</summary>
[GenerateSerializer, Immutable]
public sealed class DetailedGrainStatistic
{
    /// <summary>The grain class.</summary>
    [Id(0)]
    public string GrainType { get; init; } = "";

    /// <summary>The silo.</summary>
    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = SiloAddress.Zero;

    /// <summary>The grain.</summary>
    [Id(2)]
    public GrainId GrainId { get; init; }
}

/// <summary>The number of activations of a grain class on a silo.</summary>
[GenerateSerializer, Immutable]
public sealed class SimpleGrainStatistic
{
    /// <summary>The grain class.</summary>
    [Id(0)]
    public string GrainType { get; init; } = "";

    /// <summary>The silo.</summary>
    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = SiloAddress.Zero;

    /// <summary>The number.</summary>
    [Id(2)]
    public int ActivationCount { get; init; }

    /// <summary>For people.</summary>
    public override string ToString() => $"{GrainType} on {SiloAddress}: {ActivationCount}";
}

/// <inheritdoc cref="IManagementGrain" />
internal sealed class ManagementGrain(SiloRuntime silo) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive) =>
        Task.FromResult(silo.Network.Membership.Current.Members.Values
            .Where(m => !onlyActive || m.Status == SiloStatus.Active)
            .ToDictionary(m => m.SiloAddress, m => m.Status));

    public Task<int> GetTotalActivationCount() => Task.FromResult(Silos(null).Sum(s => s.Catalog.Count));

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Task.FromResult<SimpleGrainStatistic[]>(
    [
        .. Detailed(null)
            .GroupBy(s => (s.GrainType, s.SiloAddress))
            .Select(g => new SimpleGrainStatistic
            {
                GrainType = g.Key.GrainType,
                SiloAddress = g.Key.SiloAddress,
                ActivationCount = g.Count(),
            }),
    ]);

    public Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types, SiloAddress[]? hostsIds) =>
        Task.FromResult<DetailedGrainStatistic[]>(
            [.. Detailed(hostsIds).Where(s => types is null || types.Contains(s.GrainType))]);

    public ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference) =>
        new(silo.Network.Directory.Lookup(reference.GetGrainId())?.SiloAddress);

    public Task ForceActivationCollection(TimeSpan ageLimit) => Collect(null, ageLimit);

    public Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit) => Collect(hostsIds, ageLimit);

    private IEnumerable<SiloRuntime> Silos(SiloAddress[]? wanted) => (wanted ?? silo.Network.ActiveSilos())
        .Select(silo.Network.FindSilo).OfType<SiloRuntime>();

    private IEnumerable<DetailedGrainStatistic> Detailed(SiloAddress[]? hosts) =>
        from host in Silos(hosts)
        from activation in host.Catalog.All
        select new DetailedGrainStatistic
        {
            GrainType = activation.Class.Type.FullName!,
            SiloAddress = host.Address,
            GrainId = activation.GrainId,
        };

    private Task Collect(SiloAddress[]? hosts, TimeSpan ageLimit) =>
        Task.WhenAll(Silos(hosts).Select(s => s.Catalog.CollectIdle(ageLimit)));
}
