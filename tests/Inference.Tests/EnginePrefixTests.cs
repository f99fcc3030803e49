namespace AgenticOS.Inference.Tests;

[Collection(nameof(TinyModel))]
public sealed class EnginePrefixTests(TinyModel tiny)
{
    private static readonly string s_system = string.Concat(Enumerable.Range(0, 3).Select(Requests.Prompt));

    [Fact]
    public async Task NextTurn_ReadsOnlyWhatIsNew()
    {
        await using Engine engine = tiny.Start(
            new EngineOptions(Slots: 2, ContextPerSlot: 1024) { ReusePrefixes = true });
        var first = new Recorder();
        IGeneration one = engine.Accept(Requests.Greedy(s_system, 20), first);
        await first.Ended;
        long before = await SettledPromptTokensAsync(engine);
        var second = new Recorder();
        IGeneration two = engine.Accept(Requests.Greedy(s_system + " And then?", 20), second);
        await second.Ended;
        long read = await SettledPromptTokensAsync(engine) - before;
        read.ShouldBeLessThan(two.PromptTokens - one.PromptTokens + 40);
        using var bare = new BareLoop(tiny.Model);
        bare.Confirm(one, first);
        bare.Confirm(two, second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChildrenOfARunningOne_ShareItsPrefix_AndNobodyIsHarmed(bool unified)
    {
        await using Engine engine = tiny.Start(
            new EngineOptions(Slots: 4, ContextPerSlot: 1024, UnifiedKv: unified) { ReusePrefixes = true });
        var parent = new Recorder { Verdict = _ => ListenerVerdict.Pause };
        IGeneration running = engine.Accept(Requests.Greedy(s_system, 30), parent);
        await parent.PausedAsync();
        Recorder[] recorders = [.. Enumerable.Range(0, 3).Select(_ => new Recorder())];
        IGeneration[] children =
            [.. recorders.Select((to, i) => engine.Accept(Requests.Greedy($"{s_system} Child {i}", 20), to))];
        foreach (Recorder child in recorders)
            await child.Ended;
        (await SettledPromptTokensAsync(engine))
            .ShouldBeLessThan(2 * running.PromptTokens, "read once, not four times");
        running.Cancel();
        await parent.Ended;
        using var bare = new BareLoop(tiny.Model);
        for (int i = 0; i < children.Length; i++)
            bare.Confirm(children[i], recorders[i]);
    }

    [Fact]
    public async Task Switch_Off_EveryPromptIsReadWhole()
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 2, ContextPerSlot: 1024));
        await engine.RunAsync(Requests.Greedy(s_system, 2));
        await engine.RunAsync(Requests.Greedy(s_system, 2));
        (await SettledPromptTokensAsync(engine)).ShouldBeGreaterThanOrEqualTo(2L * (engine.CountTokens(s_system) - 1));
    }

    /// <summary>Tokens read so far: once a short prompt is answered, all steps before it are counted.</summary>
    private static async Task<long> SettledPromptTokensAsync(Engine engine)
    {
        await engine.RunAsync(Requests.Greedy("x", 2));
        return engine.Load.PromptTokens;
    }
}
