using System.Collections.Concurrent;
using AgenticOS.Conformance.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace AgenticOS.Conformance;

[GenerateSerializer]
public sealed class Ledger
{
    [Id(0)]
    public long Balance { get; set; }

    [Id(1)]
    public List<string> Entries { get; set; } = [];

    [Id(2)]
    public Dictionary<string, int> ByName { get; set; } = [];

    [Id(3)]
    public Mood Mood { get; set; }

    [Id(4)]
    public byte[] Bytes { get; set; } = [];

    // Not nullable: memory storage keeps JSON and a list of allowed types; Nullable of a struct of ours is not on it.
    [Id(5)]
    public Pid Owner { get; set; }
}

public interface ILedgerGrain : IGrainWithStringKey
{
    Task<Ledger> Read();

    Task<bool> Exists();

    Task<string?> Etag();

    Task Post(string entry, long amount);

    Task ChangeInMemoryOnly(long balance);

    Task Reload();

    Task Clear();

    Task Leave();
}

public abstract class LedgerGrainBase(IPersistentState<Ledger> ledger) : Grain, ILedgerGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Journal.Of(this.GetPrimaryKeyString()).Add($"activated {ledger.RecordExists} {ledger.State.Balance}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Journal.Of(this.GetPrimaryKeyString()).Add("deactivated");
        return Task.CompletedTask;
    }

    public Task<Ledger> Read() => Task.FromResult(ledger.State);

    public Task<bool> Exists() => Task.FromResult(ledger.RecordExists);

    public Task<string?> Etag() => Task.FromResult<string?>(ledger.Etag);

    public Task Post(string entry, long amount)
    {
        ledger.State.Entries.Add(entry);
        ledger.State.Balance += amount;
        ledger.State.ByName[entry] = 1;
        ledger.State.Mood = Mood.Busy;
        ledger.State.Bytes = [1, 2];
        ledger.State.Owner = new Pid(amount);
        return ledger.WriteStateAsync();
    }

    public Task ChangeInMemoryOnly(long balance)
    {
        ledger.State.Balance = balance;
        return Task.CompletedTask;
    }

    public Task Reload() => ledger.ReadStateAsync();

    public Task Clear() => ledger.ClearStateAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}

public interface IMemoryLedgerGrain : ILedgerGrain;

public sealed class MemoryLedgerGrain(
    [PersistentState("ledger", ClusterFixture.Memory)] IPersistentState<Ledger> ledger)
    : LedgerGrainBase(ledger), IMemoryLedgerGrain;

public interface IOwnLedgerGrain : ILedgerGrain;

public sealed class OwnLedgerGrain(
    [PersistentState("ledger", DictionaryStorage.Name)] IPersistentState<Ledger> ledger)
    : LedgerGrainBase(ledger), IOwnLedgerGrain;

/// <summary>A storage provider of our own, with etags that count.</summary>
public sealed class DictionaryStorage : IGrainStorage
{
    public const string Name = "own";

    public ConcurrentDictionary<string, (object State, int Version)> Records { get; } = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = Records.TryGetValue(Key(stateName, grainId), out var record);
        grainState.ETag = grainState.RecordExists ? record.Version.ToString() : null!;
        grainState.State = grainState.RecordExists ? (T)record.State : Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Records.TryGetValue(Key(stateName, grainId), out var record);
        if ((grainState.ETag ?? "0") != record.Version.ToString())
            throw new InconsistentStateException("conflict", record.Version.ToString(), grainState.ETag);
        Records[Key(stateName, grainId)] = (grainState.State!, record.Version + 1);
        grainState.ETag = (record.Version + 1).ToString();
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Records.TryRemove(Key(stateName, grainId), out _);
        grainState.RecordExists = false;
        grainState.ETag = null!;
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    /// <summary>The key of a record: state name and grain.</summary>
    public static string Key(string stateName, GrainId grainId) => stateName + "/" + grainId;
}

/// <summary>One silo with memory storage and one of our own.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    public DictionaryStorage Own { get; } = new();

    public InProcessTestCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync() => Cluster = await Clusters.StartAsync(
        1, (_, silo) => silo.Services.AddGrainStorage(DictionaryStorage.Name, (_, _) => Own));

    public async Task DisposeAsync()
    {
        await Cluster.StopAllSilosAsync();
        await Cluster.DisposeAsync();
    }
}

/// <summary>
/// docs/grains/grain-persistence; src/Orleans.Runtime/Storage/StateStorageBridge.cs,
/// src/Orleans.Core/Providers/IGrainStorage.cs, src/Orleans.Runtime/Hosting/StorageProviderHostExtensions.cs.
/// </summary>
public sealed class StorageTests(StorageFixture fixture) : IClassFixture<StorageFixture>
{
    private readonly string _key = Gate.FreshName();

    public static TheoryData<bool> MemoryAndOwn => new() { false, true };

    private ILedgerGrain Grain(bool own) => own
        ? fixture.Cluster.Client.GetGrain<IOwnLedgerGrain>(_key)
        : fixture.Cluster.Client.GetGrain<IMemoryLedgerGrain>(_key);

    [Theory, MemberData(nameof(MemoryAndOwn))]
    public async Task NothingWritten_StateIsNewAndNoRecordExists(bool own)
    {
        (await Grain(own).Exists()).ShouldBeFalse();
        (await Grain(own).Etag()).ShouldBeNull();
        (await Grain(own).Read()).Entries.ShouldBeEmpty();
    }

    // The state is read before OnActivateAsync.
    [Theory, MemberData(nameof(MemoryAndOwn))]
    public async Task WrittenState_SurvivesDeactivation(bool own)
    {
        await Grain(own).Post("rent", 7);
        (await Grain(own).Exists()).ShouldBeTrue();
        (await Grain(own).Etag()).ShouldNotBeNull();
        await Grain(own).Leave();
        await Journal.Of(_key).Reaches(2);

        var back = await Grain(own).Read();

        back.ShouldBeEquivalentTo(new Ledger
        {
            Balance = 7, Entries = ["rent"], ByName = new() { ["rent"] = 1 }, Mood = Mood.Busy, Bytes = [1, 2],
            Owner = new Pid(7),
        });
        Journal.Of(_key).Entries.ShouldBe(["activated False 0", "deactivated", "activated True 7"]);
    }

    [Fact]
    public async Task UnwrittenChange_IsUndoneByReadState()
    {
        await Grain(own: false).Post("rent", 7);
        await Grain(own: false).ChangeInMemoryOnly(99);
        (await Grain(own: false).Read()).Balance.ShouldBe(99);

        await Grain(own: false).Reload();

        (await Grain(own: false).Read()).Balance.ShouldBe(7);
    }

    [Theory, MemberData(nameof(MemoryAndOwn))]
    public async Task ClearedState_IsNewAgain(bool own)
    {
        await Grain(own).Post("rent", 7);
        await Grain(own).Clear();

        (await Grain(own).Exists()).ShouldBeFalse();
        (await Grain(own).Read()).Balance.ShouldBe(0);

        await Grain(own).Post("again", 1);
        (await Grain(own).Read()).Entries.ShouldBe(["again"]);
    }

    [Theory, MemberData(nameof(MemoryAndOwn))]
    public async Task EachWrite_ChangesTheEtag(bool own)
    {
        await Grain(own).Post("a", 1);
        var first = await Grain(own).Etag();
        await Grain(own).Post("b", 1);

        (await Grain(own).Etag()).ShouldNotBe(first);
    }

    // A write over somebody else's throws to the caller and ends the activation, so that the next one reads afresh
    // (src/Orleans.Runtime/Core/InsideRuntimeClient.cs, on InconsistentStateException).
    [Theory, MemberData(nameof(MemoryAndOwn))]
    public async Task WriteWithAStaleEtag_ThrowsAndTheActivationStartsOver(bool own)
    {
        var grain = Grain(own);
        await grain.Post("mine", 1);
        await WriteBehindItsBack(own, grain.GetGrainId());

        await Should.ThrowAsync<InconsistentStateException>(() => grain.Post("lost", 10));
        await Journal.Of(_key).Reaches(2);

        (await grain.Read()).Balance.ShouldBe(500);
    }

    private async Task WriteBehindItsBack(bool own, GrainId grain)
    {
        var storage = fixture.Cluster.Silos[0].SiloHost.Services
            .GetRequiredKeyedService<IGrainStorage>(own ? DictionaryStorage.Name : ClusterFixture.Memory);
        var record = new GrainState<Ledger>(new Ledger());
        await storage.ReadStateAsync("ledger", grain, record);
        record.RecordExists.ShouldBeTrue();
        record.State = new Ledger { Balance = 500 };
        await storage.WriteStateAsync("ledger", grain, record);
    }
}
