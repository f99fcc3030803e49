using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Tests.Support;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.Grains.Tests;

/// <summary>Agents: their settings, and that none reaches another's processes.</summary>
public sealed class AgentTests(AgentTests.OneSilo fixture) : IClassFixture<AgentTests.OneSilo>
{
    private KernelCluster Kernel => fixture.Kernel;

    [Fact]
    public async Task AnotherAgentsProcess_IsLikeNone()
    {
        var process = await Kernel.ExecAsync("max_tokens=100000;«loop:x»", agent: "owner");
        var stranger = Kernel.Agent("stranger");
        (await stranger.StatusAsync(process.Pid)).ShouldBeNull();
        (await stranger.SignalAsync(process.Pid, ProcessSignal.Kill)).ShouldBeFalse();
        (await stranger.ListAsync()).ShouldBeEmpty();
        (await Kernel.Agent("owner").ListAsync()).Select(status => status.Pid).ShouldBe([process.Pid]);
        (await Kernel.Agent("owner").SignalAsync(process.Pid, ProcessSignal.Kill)).ShouldBeTrue();
        (await process.EndAsync()).End.Reason.ShouldBe(ProcessEndReason.Killed);
        await Patience.UntilAsync(
            async () => (await Kernel.Agent("owner").ListAsync()).Length == 0, "the list to lose what ended");
    }

    [Fact]
    public async Task Settings_AreOnesOwn_AndChangeAllOrNone()
    {
        var agent = Kernel.Agent("settled");
        (await agent.GetGenerationAsync()).ShouldBe("temperature=0.7 top_p=0.9 seed=299792458 max_tokens=500");
        var reply = await agent.SetGenerationAsync("temp=0.5;max_tokens=64,seed=7");
        reply.Settings.ShouldBe("temperature=0.5 top_p=0.9 seed=7 max_tokens=64");
        var refused = await agent.SetGenerationAsync("seed=8;top_p=7");
        refused.Refusal.ShouldNotBeNull().Code.ShouldBe("SET_GEN_INVALID");
        (await agent.GetGenerationAsync()).ShouldBe("temperature=0.5 top_p=0.9 seed=7 max_tokens=64");
        (await Kernel.Agent("unsettled").GetGenerationAsync()).ShouldBe(
            "temperature=0.7 top_p=0.9 seed=299792458 max_tokens=500");
    }

    [Fact]
    public async Task Hints_HoldForOneProcessOnly()
    {
        var agent = Kernel.Agent("hinter");
        (await agent.SetGenerationAsync("max_tokens=7")).Refusal.ShouldBeNull();
        var hinted = await Kernel.ExecAsync("max_tokens=3;«loop:x»", agent: "hinter");
        var plain = await Kernel.ExecAsync("«loop:x»", agent: "hinter");
        (await hinted.EndAsync()).Text.ShouldBe("xxx");
        (await plain.EndAsync()).Text.ShouldBe("xxxxxxx");
        (await agent.GetGenerationAsync()).ShouldEndWith("max_tokens=7");
    }

    [Fact]
    public async Task OnDisconnect_IsTakenFromTheHint()
    {
        var ticket = Kernel.Frontend.NewTicket();
        var reply = await Kernel.Agent("leaver").ExecAsync(
            new ExecRequest("on_disconnect=kill;«x»", ticket.Route, "test"));
        reply.KillOnDisconnect.ShouldBeTrue();
        (await ticket.Of(reply.Pid).EndAsync()).Text.ShouldBe("x");
    }

    [Fact]
    public async Task Capability_TakesALoadedModel()
    {
        var process = await Kernel.ExecAsync("capability=code;«x»");
        (await process.EndAsync()).Text.ShouldBe("x");
    }

    public sealed class OneSilo : IAsyncLifetime
    {
        public KernelCluster Kernel { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Kernel = await KernelCluster.StartAsync(1);
            await Kernel.LoadEverywhereAsync();
        }

        public async Task DisposeAsync() => await Kernel.DisposeAsync();
    }
}
