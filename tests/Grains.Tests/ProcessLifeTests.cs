using AgenticOS.Grains.Tests.Support;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.Grains.Tests;

public sealed class ProcessLifeTests : IAsyncLifetime
{
    private KernelCluster _kernel = null!;

    public async Task InitializeAsync()
    {
        _kernel = await KernelCluster.StartAsync(2);
        await _kernel.LoadEverywhereAsync();
    }

    public async Task DisposeAsync() => await _kernel.DisposeAsync();

    [Fact]
    public async Task Exec_SaysWhatTheModelSays_AndEndsOnce()
    {
        var process = await _kernel.ExecAsync("«hello, world»");
        var (text, end) = await process.EndAsync();
        text.ShouldBe("hello, world");
        end.Reason.ShouldBe(ProcessEndReason.Finished);
        process.Pid.ShouldBe(1);
        process.Heard.Ends.ShouldBe(1);
    }

    [Fact]
    public async Task Syscall_IsAnsweredAndGenerationGoesOn()
    {
        var process = await _kernel.ExecAsync("«six times seven [[CALC: 6*7]] is it»");
        var (text, end) = await process.EndAsync();
        text.ShouldBe("six times seven [[CALC: 6*7]] is it");
        end.Reason.ShouldBe(ProcessEndReason.Finished);
    }

    [Theory]
    [InlineData(ProcessSignal.Kill, ProcessEndReason.Killed)]
    [InlineData(ProcessSignal.Terminate, ProcessEndReason.Terminated)]
    [InlineData(ProcessSignal.Hangup, ProcessEndReason.Disconnected)]
    public async Task Signal_EndsARunningProcessWithItsReason(ProcessSignal signal, ProcessEndReason reason)
    {
        var process = await _kernel.ExecAsync("max_tokens=100000;«loop:abc»");
        await process.Heard.ReachedAsync(3);
        (await _kernel.Agent("tester").SignalAsync(process.Pid, signal)).ShouldBeTrue();
        (await process.EndAsync()).End.Reason.ShouldBe(reason);
        (await _kernel.Agent("tester").SignalAsync(process.Pid, signal)).ShouldBeFalse();
        process.Heard.Ends.ShouldBe(1);
    }
}
