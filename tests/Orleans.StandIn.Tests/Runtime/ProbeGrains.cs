using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace AgenticOS.StandIn.Tests.Runtime;

/// <summary>Named promises between tests and grains of the same process.</summary>
public static class Signals
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource<string>> All = new();

    public static Task<string> Wait(string name) => Of(name).Task.WaitAsync(TimeSpan.FromSeconds(30));

    public static Task WaitWithoutLimit(string name) => Of(name).Task;

    public static void Set(string name, string value = "") => Of(name).TrySetResult(value);

    public static bool IsSet(string name) => Of(name).Task.IsCompleted;

    private static TaskCompletionSource<string> Of(string name) =>
        All.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

public interface IProbeGrain : IGrainWithStringKey
{
    Task<string> Silo();

    Task<int> Count();

    Task<int> CountOf(IProbeGrain other, int calls);

    /// <summary>Arrives at signal key+"-in", leaves at key+"-out", then tells the other grain.</summary>
    Task HoldThenTell(IProbeGrain other);

    Task Leave();

    Task Stay(TimeSpan time);

    [AlwaysInterleave]
    Task<string> Reason();

    Task Keep(Envelope envelope);

    Task<string> AskKept();

    Task<int> IntroduceYourselfTo(IProbeGrain other);

    Task<int> CountBack(IProbeGrain caller);

    Task<IProbeGrain> Self();
}

[GenerateSerializer]
public sealed record Envelope([property: Id(0)] List<IProbeGrain> Grains);

public sealed class ProbeGrain(
    ILocalSiloDetails silo, [Stamped("probe")] string stamp, [FromKeyedServices("kind")] string kind)
    : Grain, IProbeGrain
{
    private Envelope? _kept;
    private int _count;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Signals.Set(this.GetPrimaryKeyString() + "-deactivated", reason.ReasonCode.ToString());
        return Task.CompletedTask;
    }

    public Task<string> Silo() => Task.FromResult(silo.Name);

    public Task<int> Count() => Task.FromResult(++_count);

    public async Task<int> CountOf(IProbeGrain other, int calls)
    {
        var last = 0;
        for (var i = 0; i < calls; i++)
            last = await other.Count();
        return last;
    }

    public async Task HoldThenTell(IProbeGrain other)
    {
        var key = this.GetPrimaryKeyString();
        Signals.Set(key + "-in");
        await Signals.WaitWithoutLimit(key + "-out");
        Signals.Set(key + "-went-on");
        await other.Count();
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Stay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task<string> Reason() => Task.FromResult(stamp + " " + kind);

    public Task Keep(Envelope envelope)
    {
        _kept = envelope;
        return Task.CompletedTask;
    }

    public Task<int> IntroduceYourselfTo(IProbeGrain other) => other.CountBack(this);

    public Task<int> CountBack(IProbeGrain caller) => Task.FromResult(caller.GetPrimaryKeyString().Length);

    public Task<IProbeGrain> Self() => Task.FromResult<IProbeGrain>(this);

    // From the thread pool: no activation there lends the reference its silo.
    public Task<string> AskKept() => Task.Run(() => _kept!.Grains[0].Silo());
}

/// <summary>A facet of ours, made for each activation.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class StampedAttribute(string prefix) : Attribute, IFacetMetadata
{
    public string Prefix { get; } = prefix;
}

public sealed class StampMapper : IAttributeToFactoryMapper<StampedAttribute>
{
    public Factory<IGrainContext, object> GetFactory(ParameterInfo parameter, StampedAttribute metadata) =>
        context => metadata.Prefix + ":" + parameter.Name + ":" + context.GrainId;
}
