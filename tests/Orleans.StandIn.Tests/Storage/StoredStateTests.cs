using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Orleans.StandIn.Tests.Storage;

[GenerateSerializer]
public sealed class Tally
{
    [Id(0)]
    public int Count { get; set; }

    [Id(1)]
    public List<int> Items { get; set; } = [];
}

public interface ITallyGrain : IGrainWithStringKey
{
    Task<int> Count();

    Task Add(int item);

    Task<int> AddThriceAtOnce();

    Task<List<int>> Items();

    Task Forget();
}

/// <summary>The older way: state by base class, in the provider that an attribute names.</summary>
[StorageProvider(ProviderName = "gated")]
public sealed class TallyGrain : Grain<Tally>, ITallyGrain
{
    public Task<int> Count() => Task.FromResult(State.Count);

    public Task Add(int item)
    {
        State.Count++;
        State.Items.Add(item);
        return WriteStateAsync();
    }

    // The first write runs, the other two wait for it and are one.
    public async Task<int> AddThriceAtOnce()
    {
        var writes = new List<Task>();
        for (var i = 0; i < 3; i++)
            writes.Add(Add(i));
        await Task.WhenAll(writes);
        return State.Count;
    }

    public Task<List<int>> Items() => Task.FromResult(State.Items);

    public async Task Forget()
    {
        await ClearStateAsync();
        DeactivateOnIdle();
    }
}

public interface IDefaultTallyGrain : IGrainWithStringKey
{
    Task<int> Next();

    Task<Guid> Leave();
}

public sealed class DefaultTallyGrain([PersistentState("")] IPersistentState<Tally> tally) : Grain, IDefaultTallyGrain
{
    private readonly Guid _life = Guid.NewGuid();

    public async Task<int> Next()
    {
        tally.State.Count++;
        await tally.WriteStateAsync();
        return tally.State.Count;
    }

    public Task<Guid> Leave()
    {
        DeactivateOnIdle();
        return Task.FromResult(_life);
    }
}

public interface ILostGrain : IGrainWithStringKey
{
    Task Touch();
}

public sealed class LostGrain([PersistentState("x", "nowhere")] IPersistentState<Tally> tally) : Grain, ILostGrain
{
    public Task Touch() => Task.FromResult(tally.State);
}

public sealed class StoredStateTests : IAsyncLifetime
{
    private readonly GatedStorage _storage = new();
    private readonly InProcessTestCluster _cluster;
    private readonly string _key = Guid.NewGuid().ToString("N");

    public StoredStateTests()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddMemoryGrainStorageAsDefault();
            silo.Services.AddGrainStorage("gated", (_, _) => _storage);
        });
        _cluster = builder.Build();
    }

    public Task InitializeAsync() => _cluster.DeployAsync();

    public async Task DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task WritesThatWait_BecomeOne()
    {
        var grain = _cluster.Client.GetGrain<ITallyGrain>(_key);
        (await grain.Count()).ShouldBe(0);
        (await grain.AddThriceAtOnce()).ShouldBe(3);
        _storage.Writes.ShouldBe(2);
        _storage.Names.ShouldBe(["state"], "the name that Grain<T> stores under");
    }

    [Fact]
    public async Task StorageOfOthers_FailsWithANameAndItsCause()
    {
        var grain = _cluster.Client.GetGrain<ITallyGrain>(_key);
        await grain.Count();
        _storage.Failure = new IOException("disk");
        var failure = await Should.ThrowAsync<OrleansException>(() => grain.Add(1));
        failure.InnerException.ShouldBeOfType<IOException>();
        failure.Message.ShouldContain("GatedStorage.state during WriteStateAsync");
    }

    [Fact]
    public async Task Callers_NeverShareTheState()
    {
        var grain = _cluster.Client.GetGrain<ITallyGrain>(_key);
        await grain.Add(7);
        (await grain.Items()).Clear();
        (await grain.Items()).ShouldBe([7]);
    }

    [Fact]
    public async Task ParameterName_StandsInForAMissingStateName_AndTheDefaultProviderIsUsed()
    {
        var grain = _cluster.Client.GetGrain<IDefaultTallyGrain>(_key);
        (await grain.Next()).ShouldBe(1);
        var life = await grain.Leave();
        Guid next;
        while ((next = await grain.Leave()) == life)
            await Task.Yield();
        (await grain.Next()).ShouldBe(2);
        next.ShouldNotBe(life);
    }

    [Fact]
    public async Task MissingProvider_FailsTheCall_NamingIt()
    {
        var failure = await Should.ThrowAsync<BadProviderConfigException>(
            () => _cluster.Client.GetGrain<ILostGrain>(_key).Touch());
        failure.Message.ShouldContain("\"nowhere\"");
    }

    private sealed class GatedStorage : IGrainStorage
    {
        private int _writes;

        public int Writes => _writes;

        public HashSet<string> Names { get; } = [];

        public Exception? Failure { get; set; }

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            Task.CompletedTask;

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (Failure is not null)
                throw Failure;
            Names.Add(stateName);
            grainState.ETag = $"{Interlocked.Increment(ref _writes)}";
            await Task.Yield();
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            Task.CompletedTask;
    }
}
