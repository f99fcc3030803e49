using AgenticOS.Conformance.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;

namespace AgenticOS.Conformance;

/// <summary>
/// docs/host/silo-lifecycle; src/Orleans.Core/Lifecycle/ServiceLifecycleStage.cs, LifecycleSubject.cs;
/// src/Orleans.Core.Abstractions/Lifecycle/ILifecycleParticipant.cs.
/// </summary>
public sealed class LifecycleTests
{
    private readonly Journal _log = Journal.Of(Gate.FreshName());

    [Fact]
    public async Task Participants_StartByStageAndStopInReverse()
    {
        await using var cluster = await Clusters.StartAsync(1, (_, silo) =>
        {
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
                new Staged(_log, "services", ServiceLifecycleStage.RuntimeServices));
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
                new Staged(_log, "active", ServiceLifecycleStage.Active));
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
                new Staged(_log, "application", ServiceLifecycleStage.ApplicationServices));
        });
        _log.Entries.ShouldBe(["start services", "start application", "start active"]);

        await cluster.StopAllSilosAsync();

        _log.Entries.Skip(3).ShouldBe(["stop active", "stop application", "stop services"]);
    }

    // At stage Active the silo serves grain calls of its own host.
    [Fact]
    public async Task AtStageActive_TheHostMayCallGrains()
    {
        await using var cluster = await Clusters.StartAsync(1, (_, silo) => silo.Services
            .AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => new CallerAtStart(services, _log)));

        _log.Entries.ShouldBe(["grain answered from the start"]);
        await cluster.StopAllSilosAsync();
    }

    // The hosted client: IGrainFactory and IClusterClient of the silo's container, outside any grain.
    [Fact]
    public async Task HostedService_MayCallGrainsOnceTheHostHasStarted()
    {
        await using var cluster = await Clusters.StartAsync(1, (_, silo) =>
            silo.Services.AddSingleton<IHostedService>(services => new CallerService(services, _log)));

        (await _log.Reaches(1)).ShouldBe(["grain answered hosted"]);
        cluster.Silos[0].SiloHost.Services.GetRequiredService<IClusterClient>()
            .GetGrain<IStringKeyGrain>("x").GetPrimaryKeyString().ShouldBe("x");
        await cluster.StopAllSilosAsync();
    }

    // IHostedLifecycleService.StoppingAsync comes before anything of the silo stops.
    [Fact]
    public async Task WhileTheHostIsStopping_GrainsStillAnswer()
    {
        await using var cluster = await Clusters.StartAsync(1, (_, silo) =>
            silo.Services.AddSingleton<IHostedService>(services => new CallerAtStop(services, _log)));
        var grain = cluster.Client.GetGrain<ILifeGrain>(Gate.FreshName());
        await grain.Activation();

        await cluster.StopAllSilosAsync();

        _log.Entries.ShouldBe(["grain answered while stopping"]);
        Journal.Of(grain.GetPrimaryKeyString()).Entries.ShouldBe(["activated", "deactivated:ShuttingDown"]);
    }

    private sealed class Staged(Journal log, string name, int stage) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
            "conformance " + name, stage, _ => Note("start "), _ => Note("stop "));

        private Task Note(string what)
        {
            log.Add(what + name);
            return Task.CompletedTask;
        }
    }

    private sealed class CallerAtStart(IServiceProvider services, Journal log) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) =>
            lifecycle.Subscribe("conformance caller", ServiceLifecycleStage.Active, CallAsync);

        private async Task CallAsync(CancellationToken cancellationToken) =>
            log.Add("grain answered " + await services.GetGrains().GetGrain<IStringKeyGrain>("from the start").Key());
    }

    private sealed class CallerService(IServiceProvider services, Journal log) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource();
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(started.SetResult);
            await started.Task;
            log.Add("grain answered " + await services.GetGrains().GetGrain<IStringKeyGrain>("hosted").Key());
        }
    }

    private sealed class CallerAtStop(IServiceProvider services, Journal log) : IHostedLifecycleService
    {
        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StoppingAsync(CancellationToken cancellationToken) => log.Add(
            "grain answered " + await services.GetGrains().GetGrain<IStringKeyGrain>("while stopping").Key());

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
