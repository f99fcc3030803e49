using System.Text;
using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Tests.Support;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.Grains.Tests;

/// <summary>One process on a cluster of two silos: what it says, and every way it ends.</summary>
public sealed class ProcessLifeTests(ProcessLifeTests.TwoSilos fixture) : IClassFixture<ProcessLifeTests.TwoSilos>
{
    private KernelCluster Kernel => fixture.Kernel;

    private ScriptedSyscalls Syscalls => fixture.Syscalls;

    [Fact]
    public async Task Exec_SaysWhatTheModelSays_AndEndsOnce()
    {
        var process = await Kernel.ExecAsync("«hello, wörld»");
        var (text, end) = await process.EndAsync();
        text.ShouldBe("hello, wörld");
        end.Reason.ShouldBe(ProcessEndReason.Finished);
        process.Heard.Ends.ShouldBe(1);
        var status = (await Kernel.Agent("tester").StatusAsync(process.Pid)).ShouldNotBeNull();
        status.State.ShouldBe(ProcessState.Ended);
        status.End.ShouldBe(end);
        status.OutputBytes.ShouldBe(Encoding.UTF8.GetByteCount(text));
    }

    [Fact]
    public async Task Syscall_IsAnsweredInATurnOfTheFamily_AndGenerationGoesOn()
    {
        var process = await Kernel.ExecAsync("«six times seven [[CALC: 6*7]] is it»");
        var (text, end) = await process.EndAsync();
        text.ShouldBe("six times seven [[CALC: 6*7]] is it");
        end.Reason.ShouldBe(ProcessEndReason.Finished);
        (await Kernel.Agent("tester").StatusAsync(process.Pid))!.Syscalls.ShouldBe(1);
        await Patience.UntilAsync(
            () => Kernel.Backend.Transcripts.Any(said => said.Contains(
                "seven [[CALC: 6*7]]\n[system]\nOutput:\n42\n[/system]\n is it", StringComparison.Ordinal)),
            "the result to be injected right after the call");
    }

    [Fact]
    public async Task MaxTokens_CountsGeneratedTokensAcrossSyscalls()
    {
        // 13 tokens of call, then 7 more; the injected turn does not count.
        var process = await Kernel.ExecAsync("max_tokens=20;«[[CALC: 6*7]]loop of text that is longer»");
        var (text, end) = await process.EndAsync();
        end.Reason.ShouldBe(ProcessEndReason.MaxTokens);
        end.Tokens.ShouldBe(20);
        text.ShouldBe("[[CALC: 6*7]]loop of");
    }

    [Theory]
    [InlineData(ProcessSignal.Kill, ProcessEndReason.Killed)]
    [InlineData(ProcessSignal.Terminate, ProcessEndReason.Terminated)]
    [InlineData(ProcessSignal.Hangup, ProcessEndReason.Disconnected)]
    public async Task Signal_EndsARunningProcessOnceWithItsReason(ProcessSignal signal, ProcessEndReason reason)
    {
        var process = await Kernel.ExecAsync("max_tokens=100000;«loop:abc»");
        await process.Heard.ReachedAsync(3);
        (await Kernel.Agent("tester").SignalAsync(process.Pid, signal)).ShouldBeTrue();
        (await process.EndAsync()).End.Reason.ShouldBe(reason);
        (await Kernel.Agent("tester").SignalAsync(process.Pid, signal)).ShouldBeFalse();
        process.Heard.Ends.ShouldBe(1);
    }

    [Fact]
    public async Task Kill_DuringASyscall_EndsAtOnce()
    {
        var call = Syscalls.HoldNext();
        var process = await Kernel.ExecAsync("«[[LS]]never said»");
        await call.Running;
        (await Kernel.Agent("tester").StatusAsync(process.Pid))!.State.ShouldBe(ProcessState.Waiting);
        (await Kernel.Agent("tester").SignalAsync(process.Pid, ProcessSignal.Kill)).ShouldBeTrue();
        var (text, end) = await process.EndAsync();
        end.Reason.ShouldBe(ProcessEndReason.Killed);
        text.ShouldBe("[[LS]]");
        await call.Cancelled.WaitAsync(Patience.Bound);
    }

    [Fact]
    public async Task Terminate_DuringASyscall_LetsItFinishAndSaysNoMore()
    {
        var call = Syscalls.HoldNext();
        var process = await Kernel.ExecAsync("«[[LS]]never said»");
        await call.Running;
        (await Kernel.Agent("tester").SignalAsync(process.Pid, ProcessSignal.Terminate)).ShouldBeTrue();
        process.Heard.Ended.IsCompleted.ShouldBeFalse();
        call.Finish();
        var (text, end) = await process.EndAsync();
        end.Reason.ShouldBe(ProcessEndReason.Terminated);
        text.ShouldBe("[[LS]]");
        call.Cancelled.IsCompleted.ShouldBeFalse();
    }

    [Theory]
    [InlineData("[[CALC: nonsense]]", 3)]
    [InlineData("[[CALC: 1+1]]", 13)]
    public async Task Abuse_EndsTheProcessAtTheCallThatIsTooMuch(string call, int calls)
    {
        var process = await Kernel.ExecAsync($"max_tokens=1000;«{string.Concat(Enumerable.Repeat(call, 20))}»");
        var (text, end) = await process.EndAsync();
        end.Reason.ShouldBe(ProcessEndReason.SyscallAbuse);
        text.ShouldBe(string.Concat(Enumerable.Repeat(call, calls)));
    }

    [Fact]
    public async Task ARunnerThatBreaks_FailsTheProcessAndNothingElse()
    {
        Syscalls.BreakNext();
        var process = await Kernel.ExecAsync("«[[LS]]never said»");
        (await process.EndAsync()).End.Reason.ShouldBe(ProcessEndReason.Failed);
        var next = await Kernel.ExecAsync("«[[CALC: 1+1]]fine»");
        (await next.EndAsync()).Text.ShouldBe("[[CALC: 1+1]]fine");
    }

    [Fact]
    public async Task AContextThatIsFull_EndsTheProcess()
    {
        var process = await Kernel.ExecAsync($"max_tokens=100000;{new string('x', 16_000)}«loop:abc»");
        (await process.EndAsync()).End.Reason.ShouldBe(ProcessEndReason.ContextFull);
    }

    [Fact]
    public async Task APromptLongerThanTheContext_IsRefusedWithFigures()
    {
        var reply = await Kernel.Agent("tester").ExecAsync(
            new ExecRequest(new string('x', 20_000), Kernel.Frontend.NewTicket().Route, "test"));
        reply.Refusal.ShouldNotBeNull().Code.ShouldBe("MEMORY_ADMISSION");
        reply.Refusal.Message.ShouldContain("20000 tokens");
    }

    [Theory]
    [InlineData("", "SPAWN_FAILED")]
    [InlineData("temperature=9;hi", "SPAWN_FAILED")]
    [InlineData("model=nosuch;hi", "NO_MODEL")]
    public async Task AnExecThatMakesNoSense_IsRefused(string payload, string code)
    {
        var reply = await Kernel.Agent("tester").ExecAsync(
            new ExecRequest(payload, Kernel.Frontend.NewTicket().Route, "test"));
        reply.Refusal.ShouldNotBeNull().Code.ShouldBe(code);
        reply.Pid.ShouldBe(0);
    }

    [Fact]
    public async Task TheLog_GivesTheOutputFromAnyOffset()
    {
        var process = await Kernel.ExecAsync("«0123456789»");
        var (_, end) = await process.EndAsync();
        for (var from = 0; from <= 10; from++)
        {
            var slice = (await Kernel.Process(process.Pid).ReadOutputAsync(from)).ShouldNotBeNull();
            Encoding.UTF8.GetString(slice.Bytes.Span).ShouldBe("0123456789"[from..]);
            slice.End.ShouldBe(end);
        }
        (await Kernel.Process(process.Pid).ReadOutputAsync(11)).ShouldBeNull();
    }

    [Fact]
    public async Task Unlisten_SilencesTheRouteAndNotTheProcess()
    {
        var process = await Kernel.ExecAsync("max_tokens=200;«loop:abc»");
        await process.Heard.ReachedAsync(1);
        await Kernel.Process(process.Pid).UnlistenAsync(process.Route);
        await Patience.UntilAsync(
            async () => (await Kernel.Process(process.Pid).StatusAsync())?.End is not null, "the process to go on");
        (await Kernel.Process(process.Pid).ReadOutputAsync(0))!.Bytes.Length.ShouldBe(200);
        process.Heard.Ends.ShouldBe(0);
    }

    public sealed class TwoSilos : IAsyncLifetime
    {
        public ScriptedSyscalls Syscalls { get; } = new();

        public KernelCluster Kernel { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Kernel = await KernelCluster.StartAsync(2, services: silo => Syscalls.Use(silo.Services));
            await Kernel.LoadEverywhereAsync();
        }

        public async Task DisposeAsync() => await Kernel.DisposeAsync();
    }
}
