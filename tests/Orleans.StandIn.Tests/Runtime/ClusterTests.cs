using System.Diagnostics;
using Orleans.Runtime;
using Orleans.TestingHost;
using Xunit.Abstractions;

namespace AgenticOS.StandIn.Tests.Runtime;

public interface IEchoGrain : IGrainWithIntegerKey
{
    Task<int> Ping(int value);

    Task<int> PingOther(int other, int count);
}

public sealed class EchoGrain : Grain, IEchoGrain
{
    public Task<int> Ping(int value) => Task.FromResult(value + 1);

    public async Task<int> PingOther(int other, int count)
    {
        var grain = GrainFactory.GetGrain<IEchoGrain>(other);
        var value = 0;
        for (var i = 0; i < count; i++)
            value = await grain.Ping(value);
        return value;
    }
}

public sealed class ClusterTests(ITestOutputHelper output)
{
    [Fact]
    public async Task TwoSilos_AnswerCallsOfClientAndGrains()
    {
        await using var cluster = new InProcessTestClusterBuilder(2).Build();
        await cluster.DeployAsync();

        for (var i = 0; i < 20; i++)
        {
            (await cluster.Client.GetGrain<IEchoGrain>(i).Ping(i)).ShouldBe(i + 1);
            (await cluster.Client.GetGrain<IEchoGrain>(i).PingOther(i + 100, 10)).ShouldBe(10);
        }
    }

    [Fact]
    public async Task Speed_OfOnePingIsMicroseconds()
    {
        await using var cluster = new InProcessTestClusterBuilder(1).Build();
        await cluster.DeployAsync();
        var grain = cluster.Client.GetGrain<IEchoGrain>(1);
        await grain.PingOther(2, 20_000);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        await grain.PingOther(2, 100_000);
        var each = watch.Elapsed.TotalMicroseconds / 100_000;
        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - before) / 100_000;

        output.WriteLine($"{each:F2} us and {bytes} bytes per call from grain to grain");
        each.ShouldBeLessThan(1000);
    }
}
