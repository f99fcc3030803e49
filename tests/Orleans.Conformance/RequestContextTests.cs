using AgenticOS.Conformance.Support;
using Orleans.Runtime;

namespace AgenticOS.Conformance;

public interface IContextGrain : IGrainWithStringKey
{
    Task<string?> Read(string key);

    Task<string?> ReadThrough(IContextGrain other, string key);

    Task Overwrite(string key);
}

public sealed class ContextGrain : Grain, IContextGrain
{
    public async Task<string?> Read(string key)
    {
        await Task.Yield();
        return RequestContext.Get(key) as string;
    }

    public Task<string?> ReadThrough(IContextGrain other, string key) => other.Read(key);

    public Task Overwrite(string key)
    {
        RequestContext.Set(key, "callee's");
        return Task.CompletedTask;
    }
}

/// <summary>docs/grains/request-context; src/Orleans.Core.Abstractions/Runtime/RequestContext.cs.</summary>
[Collection(SharedCluster.Name)]
public sealed class RequestContextTests(ClusterFixture fixture)
{
    private IContextGrain NewGrain() => fixture.Client.GetGrain<IContextGrain>(Gate.FreshName());

    [Fact]
    public async Task Value_FlowsWithTheCall()
    {
        RequestContext.Set("operation", "op-1");

        (await NewGrain().Read("operation")).ShouldBe("op-1");
    }

    [Fact]
    public async Task Value_FlowsOnThroughInnerCalls()
    {
        RequestContext.Set("operation", "op-2");

        (await NewGrain().ReadThrough(NewGrain(), "operation")).ShouldBe("op-2");
    }

    [Fact]
    public async Task CalleesChange_DoesNotComeBack()
    {
        RequestContext.Set("operation", "caller's");
        await NewGrain().Overwrite("operation");

        RequestContext.Get("operation").ShouldBe("caller's");
    }

    [Fact]
    public async Task ConcurrentFlows_DoNotMix()
    {
        var grain = NewGrain();

        async Task<string?> CallWith(string value)
        {
            RequestContext.Set("flow", value);
            return await grain.Read("flow");
        }

        var values = Enumerable.Range(0, 30).Select(i => "v" + i).ToArray();
        (await Task.WhenAll(values.Select(v => Task.Run(() => CallWith(v))))).ShouldBe(values);
    }

    [Fact]
    public async Task Remove_StopsTheFlow()
    {
        RequestContext.Set("gone", "x");
        RequestContext.Remove("gone");

        (await NewGrain().Read("gone")).ShouldBeNull();
    }
}
