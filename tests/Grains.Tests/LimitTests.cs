using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Nodes;
using AgenticOS.Grains.Tests.Support;
using AgenticOS.Kernel.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace AgenticOS.Grains.Tests;

/// <summary>One small silo at its limits: two slots, two that may wait.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private static readonly TimeSpan Retention = TimeSpan.FromMilliseconds(300);

    private KernelCluster _kernel = null!;

    public async Task InitializeAsync()
    {
        _kernel = await KernelCluster.StartAsync(
            1,
            options => options with { Slots = 2, Retention = Retention },
            silo => silo.Services.Configure<NodeOptions>(node => node.QueueLimit = 2));
        await _kernel.LoadEverywhereAsync();
    }

    public async Task DisposeAsync() => await _kernel.DisposeAsync();

    [Fact]
    public async Task WhatIsTooMuchForTheQueue_IsRefusedAsBusy_AndTheRestComesToItsEnd()
    {
        _kernel.Backend.Gate.Reset();
        var processes = new List<Listening>();
        for (var i = 0; i < 4; i++)
            processes.Add(await _kernel.ExecAsync("«x»"));
        var reply = await _kernel.Agent("tester").ExecAsync(
            new ExecRequest("«x»", _kernel.Frontend.NewTicket().Route, "test"));
        reply.Refusal.ShouldNotBeNull().Code.ShouldBe("BUSY");
        _kernel.Backend.Gate.Set();
        foreach (var process in processes)
            (await process.EndAsync()).Text.ShouldBe("x");
        (await (await _kernel.ExecAsync("«again»")).EndAsync()).Text.ShouldBe("again");
    }

    [Theory]
    [InlineData(ProcessSignal.Kill, ProcessEndReason.Killed)]
    [InlineData(ProcessSignal.Terminate, ProcessEndReason.Terminated)]
    public async Task AProcessThatStillWaits_EndsOnceToo(ProcessSignal signal, ProcessEndReason reason)
    {
        var running = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => _kernel.ExecAsync("max_tokens=100000;«loop:x»")));
        foreach (var process in running)
            await process.Heard.ReachedAsync(1);
        var waiting = await _kernel.ExecAsync("«never said»");
        (await _kernel.Agent("tester").StatusAsync(waiting.Pid))!.State.ShouldBe(ProcessState.Ready);
        (await _kernel.Agent("tester").SignalAsync(waiting.Pid, signal)).ShouldBeTrue();
        var (text, end) = await waiting.EndAsync();
        (text, end.Reason, end.Tokens).ShouldBe(("", reason, 0));
        running.ShouldAllBe(process => !process.Heard.Ended.IsCompleted);
    }

    [Fact]
    public async Task AfterItsRetention_AProcessIsGone()
    {
        var process = await _kernel.ExecAsync("«x»");
        await process.EndAsync();
        await Patience.UntilAsync(
            async () => await _kernel.Agent("tester").StatusAsync(process.Pid) is null, "the process to be forgotten");
        (await _kernel.Process(process.Pid).ReadOutputAsync(0)).ShouldBeNull();
        await _kernel.NoProcessActivationsAsync();
    }
}
