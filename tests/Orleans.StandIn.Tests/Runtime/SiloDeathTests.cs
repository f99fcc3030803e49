using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace AgenticOS.StandIn.Tests.Runtime;

public sealed class SiloDeathTests
{
    [Fact]
    public async Task WhatAKilledSiloStillDoes_HasNoEffect()
    {
        await using var cluster = await ProbeCluster.Start(2, null, client => client.Configure<ClientMessagingOptions>(
            o => o.ResponseTimeout = TimeSpan.FromSeconds(2)));
        var witness = await cluster.ProbeOn(cluster.Silos[0]);
        var victim = await cluster.ProbeOn(cluster.Silos[1]);
        var held = victim.HoldThenTell(witness);
        await Signals.Wait(victim.GetPrimaryKeyString() + "-in");

        await cluster.KillSiloAsync(cluster.Silos[1]);
        Signals.Set(victim.GetPrimaryKeyString() + "-out");

        // A client learns nothing of a silo's death: its call ends with its patience.
        await Should.ThrowAsync<TimeoutException>(() => held);
        Signals.IsSet(victim.GetPrimaryKeyString() + "-went-on").ShouldBeFalse("no turn runs after the death");
        (await witness.Count()).ShouldBe(1, "the killed silo's call never arrived");
    }

    [Fact]
    public async Task Client_GoesOnThroughTheSilosThatLive()
    {
        await using var cluster = await ProbeCluster.Start(3);
        var grains = Enumerable.Range(0, 40).Select(i => cluster.Client.GetGrain<IProbeGrain>("g" + i)).ToArray();
        await Task.WhenAll(grains.Select(g => g.Count()));

        await cluster.KillSiloAsync(cluster.Silos[0]);
        await cluster.KillSiloAsync(cluster.Silos[0]);

        var survivor = cluster.Silos.Single().Name;
        (await Task.WhenAll(grains.Select(g => g.Silo()))).ShouldAllBe(s => s == survivor);
    }

    [Fact]
    public async Task WithoutAnySilo_CallsFailAtOnce()
    {
        await using var cluster = await ProbeCluster.Start(1);
        var grain = cluster.Client.GetGrain<IProbeGrain>("g");
        await grain.Count();
        await cluster.KillSiloAsync(cluster.Silos[0]);

        await Should.ThrowAsync<SiloUnavailableException>(() => grain.Count());
    }

    [Fact]
    public async Task AfterTheEndOfItsHost_CodeOutsideGrainsGetsAnErrorInsteadOfSilence()
    {
        await using var cluster = await ProbeCluster.Start(2);
        var fromSilo = cluster.Silos[1].ServiceProvider.GetRequiredService<IGrainFactory>().GetGrain<IProbeGrain>("g");
        var fromClient = cluster.Client.GetGrain<IProbeGrain>("g");
        await fromSilo.Count();

        await cluster.StopSiloAsync(cluster.Silos[1]);
        await cluster.StopClusterClientAsync();

        await Should.ThrowAsync<SiloUnavailableException>(() => fromSilo.Count());
        await Should.ThrowAsync<SiloUnavailableException>(() => fromClient.Count());
    }

    [Fact]
    public async Task RestartedSilo_ServesTheSameClientUnderANewAddress()
    {
        await using var cluster = await ProbeCluster.Start(1);
        var before = cluster.Silos[0];
        var grain = cluster.Client.GetGrain<IProbeGrain>("g");
        await grain.Count();

        var after = await cluster.RestartSiloAsync(before);

        (await grain.Count()).ShouldBe(1, "its memory is gone");
        after!.Name.ShouldBe(before.Name);
        after.SiloAddress.ShouldNotBe(before.SiloAddress);
    }

    [Fact]
    public async Task StoppingSilo_FinishesItsCallsAndEndsItsActivations()
    {
        await using var cluster = await ProbeCluster.Start(2);
        var witness = await cluster.ProbeOn(cluster.Silos[0]);
        var leaving = await cluster.ProbeOn(cluster.Silos[1]);
        var held = leaving.HoldThenTell(witness);
        await Signals.Wait(leaving.GetPrimaryKeyString() + "-in");

        var stop = cluster.StopSiloAsync(cluster.Silos[1]);
        var waiting = leaving.Silo();
        Signals.Set(leaving.GetPrimaryKeyString() + "-out");
        await stop.WaitAsync(TimeSpan.FromSeconds(30));

        await held;
        (await witness.Count()).ShouldBe(2, "the call that ran was finished");
        (await waiting).ShouldBe(cluster.Silos[0].Name, "the call that waited went to the next activation");
        (await Signals.Wait(leaving.GetPrimaryKeyString() + "-deactivated"))
            .ShouldBe(nameof(DeactivationReasonCode.ShuttingDown));
    }

    [Fact]
    public async Task KilledSilo_DisposesItsServicesButRunsNoDeactivation()
    {
        await using var cluster = await ProbeCluster.Start(
            2, silo => silo.Services.AddSingleton<Disposed>().AddHostedService(s => s.GetRequiredService<Disposed>()));
        var disposed = cluster.Silos[1].ServiceProvider.GetRequiredService<Disposed>();
        var victim = await cluster.ProbeOn(cluster.Silos[1]);

        await cluster.KillSiloAsync(cluster.Silos[1]);

        disposed.Done.ShouldBeTrue();
        Signals.IsSet(victim.GetPrimaryKeyString() + "-deactivated").ShouldBeFalse();
    }

    private sealed class Disposed : Microsoft.Extensions.Hosting.BackgroundService
    {
        public bool Done { get; private set; }

        public override void Dispose()
        {
            Done = true;
            base.Dispose();
        }

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
