using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Orleans.StandIn.Tests.Storage;

public sealed class MemoryStorageGrainTests : IAsyncLifetime
{
    private readonly InProcessTestCluster _cluster = new InProcessTestClusterBuilder(2).Build();
    private readonly string _key = Guid.NewGuid().ToString("N");

    public Task InitializeAsync() => _cluster.DeployAsync();

    public async Task DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }

    private IMemoryStorageGrain Share => _cluster.Client.GetGrain<IMemoryStorageGrain>(3);

    [Fact]
    public async Task UnknownKey_TakesAnyVersion_BecauseASiloMayHaveLostIt()
    {
        (await Share.WriteAsync(_key, 1, "version of a lost record")).IsConflict.ShouldBeFalse();
        (await Share.ReadAsync(_key))!.State.ShouldBe(1);
    }

    [Fact]
    public async Task StoredKey_TakesItsVersionOnly_OrAStar()
    {
        var first = await Share.WriteAsync(_key, 1, null);
        (await Share.WriteAsync(_key, 2, "stale")).ShouldBe(new StoreAnswer(true, first.Etag));
        (await Share.WriteAsync(_key, 2, null)).IsConflict.ShouldBeTrue();
        var second = await Share.WriteAsync(_key, 2, first.Etag);
        second.Etag.ShouldNotBe(first.Etag);
        (await Share.WriteAsync(_key, 3, "*")).IsConflict.ShouldBeFalse();
        (await Share.ReadAsync(_key))!.State.ShouldBe(3);
    }

    [Fact]
    public async Task ClearedKey_IsRemembered_AndTakesAFirstWriteOnly()
    {
        var written = await Share.WriteAsync(_key, 1, null);
        (await Share.DeleteAsync(_key, "stale")).IsConflict.ShouldBeTrue();
        (await Share.DeleteAsync(_key, written.Etag)).IsConflict.ShouldBeFalse();
        (await Share.ReadAsync(_key)).ShouldBeNull();
        (await Share.WriteAsync(_key, 2, written.Etag)).IsConflict.ShouldBeTrue();
        (await Share.WriteAsync(_key, 2, null)).IsConflict.ShouldBeFalse();
    }

    [Fact]
    public async Task KilledSilo_TakesItsShareWithIt_TheOthersStay()
    {
        for (var share = 0; share < 32; share++)
            await _cluster.Client.GetGrain<IMemoryStorageGrain>(share).WriteAsync(_key, share, null);
        await _cluster.KillSiloAsync(_cluster.Silos[1]);
        var left = 0;
        for (var share = 0; share < 32; share++)
            left += await _cluster.Client.GetGrain<IMemoryStorageGrain>(share).ReadAsync(_key) is null ? 0 : 1;
        left.ShouldBeInRange(1, 31, "32 shares over two silos: some on each");
    }
}
