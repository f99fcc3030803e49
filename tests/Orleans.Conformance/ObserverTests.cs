using System.Runtime.CompilerServices;
using AgenticOS.Conformance.Support;
using Orleans.Concurrency;

namespace AgenticOS.Conformance;

public interface IWatcher : IGrainObserver
{
    [OneWay]
    Task Seen(int number);

    Task<int> Ask(int number);
}

public sealed class Watcher(string journal) : IWatcher
{
    public Task Seen(int number)
    {
        Journal.Of(journal).Add("seen " + number);
        return Task.CompletedTask;
    }

    public Task<int> Ask(int number) => number < 0
        ? throw new ArgumentException("negative")
        : Task.FromResult(number + 1);
}

public interface IWatchedGrain : IGrainWithStringKey
{
    Task Watch(IWatcher watcher);

    Task Tell(int first, int count);

    Task<int> Ask(int number);
}

public sealed class WatchedGrain : Grain, IWatchedGrain
{
    private IWatcher? _watcher;

    public Task Watch(IWatcher watcher)
    {
        _watcher = watcher;
        return Task.CompletedTask;
    }

    public async Task Tell(int first, int count)
    {
        for (var i = first; i < first + count; i++)
            await _watcher!.Seen(i);
    }

    public Task<int> Ask(int number) => _watcher!.Ask(number);
}

/// <summary>docs/grains/observers; src/Orleans.Core.Abstractions/Core/IGrainObserver.cs; IGrainFactory.cs.</summary>
[Collection(SharedCluster.Name)]
public sealed class ObserverTests(ClusterFixture fixture)
{
    private readonly string _key = Gate.FreshName();

    private IWatchedGrain Grain => fixture.Client.GetGrain<IWatchedGrain>(_key);

    // One-way calls are not ordered: Orleans 10 was seen to run a burst that waited for one object in reverse.
    [Fact]
    public async Task ClientObserver_GetsEveryOneWayCall()
    {
        var watcher = new Watcher(_key);
        await Grain.Watch(fixture.Client.CreateObjectReference<IWatcher>(watcher));

        await Grain.Tell(0, 50);

        (await Journal.Of(_key).Reaches(50))
            .ShouldBe(Enumerable.Range(0, 50).Select(i => "seen " + i), ignoreOrder: true);
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task ObserverInASiloHost_IsCalledToo()
    {
        var grains = fixture.Cluster.Silos[0].SiloHost.Services.GetGrains();
        var watcher = new Watcher(_key);
        await grains.GetGrain<IWatchedGrain>(_key).Watch(grains.CreateObjectReference<IWatcher>(watcher));

        await Grain.Tell(0, 3);

        (await Journal.Of(_key).Reaches(3)).ShouldBe(["seen 0", "seen 1", "seen 2"], ignoreOrder: true);
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task ObserverMethodWithResult_AnswersTheGrain()
    {
        var watcher = new Watcher(_key);
        await Grain.Watch(fixture.Client.CreateObjectReference<IWatcher>(watcher));

        (await Grain.Ask(4)).ShouldBe(5);
        (await Should.ThrowAsync<ArgumentException>(() => Grain.Ask(-1))).Message.ShouldBe("negative");
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task DeletedReference_IsCalledNoMore()
    {
        var watcher = new Watcher(_key);
        var reference = fixture.Client.CreateObjectReference<IWatcher>(watcher);
        await Grain.Watch(reference);
        await Grain.Tell(0, 1);
        await Journal.Of(_key).Reaches(1);

        fixture.Client.DeleteObjectReference<IWatcher>(reference);
        await Grain.Tell(1, 5);
        var other = new Watcher(_key + "other");
        await Grain.Watch(fixture.Client.CreateObjectReference<IWatcher>(other));
        await Grain.Tell(6, 1);
        await Journal.Of(_key + "other").Reaches(1);

        Journal.Of(_key).Entries.ShouldBe(["seen 0"]);
        GC.KeepAlive(watcher);
        GC.KeepAlive(other);
    }

    // docs/grains/observers: the client holds observers weakly; whoever wants the calls keeps the object.
    [Fact]
    public void ClientHoldsItsObserversWeakly()
    {
        var weak = Register();
        for (var i = 0; i < 10 && weak.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        weak.IsAlive.ShouldBeFalse();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Register()
    {
        var watcher = new Watcher(_key);
        fixture.Client.CreateObjectReference<IWatcher>(watcher);
        return new WeakReference(watcher);
    }
}
