using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Processes;
using AgenticOS.Grains.Tests.Support;
using AgenticOS.Kernel.Processes;
using Orleans.Runtime;

namespace AgenticOS.Grains.Tests;

/// <summary>Where processes go, and what becomes of them when silos come and go.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task Placement_OnlyOnHoldersOfTheModel()
    {
        await using var kernel = await KernelCluster.StartAsync(3);
        await kernel.AllReportedAsync();
        (await kernel.Catalog.LoadAsync("scripted", [kernel.Nodes[1]])).Refusal.ShouldBeNull();
        for (var i = 0; i < 20; i++)
        {
            var process = await kernel.ExecAsync("«x»", agent: $"agent{i}");
            (await kernel.Agent($"agent{i}").StatusAsync(process.Pid))!.Node.ShouldBe(kernel.Nodes[1]);
        }
    }

    [Fact]
    public async Task SixtyFourProcessesAtOnce_SpreadOverBothHolders()
    {
        await using var kernel = await KernelCluster.StartAsync(2);
        await kernel.LoadEverywhereAsync();
        kernel.Backend.Gate.Reset();
        var started = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => kernel.ExecAsync("«hello»")));
        var nodes = (await kernel.Agent("tester").ListAsync()).CountBy(status => status.Node).ToDictionary();
        kernel.Backend.Gate.Set();
        nodes.Values.Sum().ShouldBe(64);
        nodes.Count.ShouldBe(2);
        nodes.Values.Min().ShouldBeGreaterThanOrEqualTo(24, string.Join(", ", nodes));
        foreach (var process in started)
            (await process.EndAsync()).Text.ShouldBe("hello");
    }

    [Fact]
    public async Task ManyAgentsOverTwoSilos_GetDifferentPids()
    {
        await using var kernel = await KernelCluster.StartAsync(2);
        await kernel.LoadEverywhereAsync();
        var pids = await Task.WhenAll(
            Enumerable.Range(0, 600).Select(i => kernel.ExecAsync("«x»", agent: $"agent{i % 50}")));
        pids.Select(process => process.Pid).Distinct().Count().ShouldBe(600);
        foreach (var process in pids)
            (await process.EndAsync()).Text.ShouldBe("x");
    }

    [Fact]
    public async Task OneSilo_HandsOutPidsInOrderFromOne()
    {
        await using var kernel = await KernelCluster.StartAsync(1);
        await kernel.LoadEverywhereAsync();
        for (var pid = 1; pid <= 300; pid++)
            (await kernel.ExecAsync("«x»")).Pid.ShouldBe(pid);
    }

    [Fact]
    public async Task AKilledSilo_TakesItsProcessesAndNothingElse()
    {
        await using var kernel = await KernelCluster.StartAsync(3);
        await kernel.LoadEverywhereAsync();
        var started = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => kernel.ExecAsync("max_tokens=100000;«loop:abc»")));
        var nodes = (await kernel.Agent("tester").ListAsync())
            .ToDictionary(status => status.Pid, status => status.Node);
        var processes = started.Select(process => (Process: process, Node: nodes[process.Pid])).ToArray();
        foreach (var (process, _) in processes)
            await process.Heard.ReachedAsync(3);
        var victim = kernel.Cluster.Silos[^1];
        var node = victim.SiloAddress.ToParsableString();
        await kernel.Cluster.KillSiloAsync(victim);
        await Patience.UntilAsync(
            async () =>
            {
                var view = await Patience.TryAsync<CatalogView>(async () => await kernel.Catalog.ReadAsync());
                return view is not null && view.Nodes.All(each => each.Node != node);
            },
            "the catalog to forget the dead silo");
        // Output may have been lost on the way with the gateway that died; the log has it all, and goes on.
        foreach (var (survivor, _) in processes.Where(each => each.Node != node))
        {
            var status = await Patience.EventuallyAsync(
                () => kernel.Agent("tester").StatusAsync(survivor.Pid), $"PID {survivor.Pid} to answer");
            status.End.ShouldBeNull($"PID {survivor.Pid} on {status.Node}");
            await kernel.SaysMoreAsync(survivor.Pid, status.OutputBytes);
        }
        processes.Where(each => each.Node == node).ShouldAllBe(each => !each.Process.Heard.Ended.IsCompleted);
        var next = await Patience.EventuallyAsync(
            async () => (Listening?)await kernel.ExecAsync("«still here»", agent: "other"), "an EXEC to work");
        (await kernel.LogOfAsync(next.Pid)).ShouldBe("still here");
    }

    [Fact]
    public async Task ASiloThatStopsInOrder_EndsItsProcessesWithShutdown()
    {
        await using var kernel = await KernelCluster.StartAsync(2);
        await kernel.AllReportedAsync();
        var leaving = kernel.Cluster.Silos[^1];
        (await kernel.Catalog.LoadAsync("scripted", [leaving.SiloAddress.ToParsableString()])).Refusal.ShouldBeNull();
        var processes = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(_ => kernel.ExecAsync("max_tokens=100000;«loop:abc»")));
        foreach (var process in processes)
            await process.Heard.ReachedAsync(1);
        await kernel.Cluster.StopSiloAsync(leaving);
        foreach (var process in processes)
        {
            (await process.EndAsync()).End.Reason.ShouldBe(ProcessEndReason.Shutdown);
            process.Heard.Ends.ShouldBe(1);
        }
    }

    [Fact]
    public async Task AskingForPidsThatAreNot_LeavesNoActivations()
    {
        await using var kernel = await KernelCluster.StartAsync(2);
        await kernel.LoadEverywhereAsync();
        for (var pid = 1_000; pid < 1_200; pid++)
        {
            (await kernel.Agent("tester").StatusAsync(pid)).ShouldBeNull();
            (await kernel.Process(pid).ReadOutputAsync(0)).ShouldBeNull();
            (await kernel.Process(pid).SignalAsync(ProcessSignal.Kill)).ShouldBeFalse();
        }
        await kernel.NoProcessActivationsAsync();
    }

    [Fact]
    public async Task AThousandShortProcesses_LeaveNothing()
    {
        await using var kernel = await KernelCluster.StartAsync(
            2, options => options with { Retention = TimeSpan.FromMilliseconds(200) });
        await kernel.LoadEverywhereAsync();
        for (var round = 0; round < 10; round++)
        {
            var processes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => kernel.ExecAsync("«brief»")));
            foreach (var process in processes)
                (await process.EndAsync()).Text.ShouldBe("brief");
        }
        await kernel.NoProcessActivationsAsync();
        (await kernel.Agent("tester").ListAsync()).ShouldBeEmpty();
        for (var silo = 0; silo < 2; silo++)
        {
            kernel.Service<ProcessTable>(silo).Count.ShouldBe(0);
            var loaded = kernel.Service<Nodes.ModelHost>(silo).Held.Single().Report();
            (loaded.Running, loaded.Queued, loaded.KvUsed).ShouldBe((0, 0, 0));
            kernel.Service<AgenticOS.Grains.Output.OutputPublisher>(silo).Dropped.ShouldBe(0);
        }
    }
}
