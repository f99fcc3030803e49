namespace AgenticOS.Inference.Tests;

[Collection(nameof(TinyModel))]
public sealed class EngineBatchTests(TinyModel tiny)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SixteenTogether_GreedyTexts_EqualEachAlone(bool unified)
    {
        await using Engine engine = tiny.Start(
            new EngineOptions(Slots: 16, ContextPerSlot: 256, PrefillChunk: 24, UnifiedKv: unified));
        Recorder[] recorders = [.. Enumerable.Range(0, 16).Select(_ => new Recorder())];
        IGeneration[] generations =
            [.. recorders.Select((recorder, i) => engine.Accept(Requests.Greedy(Requests.Prompt(i), 60), recorder))];
        using var bare = new BareLoop(tiny.Model);
        for (int i = 0; i < recorders.Length; i++)
        {
            await recorders[i].Ended;
            bare.Confirm(generations[i], recorders[i]);
        }
    }

    [Fact]
    public async Task PromptReadInSmallChunks_Text_EqualsPromptReadWhole()
    {
        string prompt = string.Concat(Enumerable.Range(0, 6).Select(Requests.Prompt));
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 2, ContextPerSlot: 1024, PrefillChunk: 5));
        var companion = new Recorder();
        IGeneration running = engine.Accept(Requests.Greedy("A companion", 900), companion);
        await companion.Started;
        var chunked = new Recorder();
        IGeneration generation = engine.Accept(Requests.Greedy(prompt, 40), chunked);
        await chunked.Ended;
        running.Cancel();
        using var bare = new BareLoop(tiny.Model);
        bare.Confirm(generation, chunked);
    }

    [Fact]
    public async Task LongPromptArrives_WhoGenerates_GetsATokenEveryStep()
    {
        string prompt = string.Concat(Enumerable.Range(0, 20).Select(Requests.Prompt));
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 2, ContextPerSlot: 2048, PrefillChunk: 16));
        var steps = new List<(long Step, int Generated)>();
        var reader = new Recorder();
        var companion = new Recorder
        {
            Verdict = generated =>
            {
                steps.Add((engine.Load.Steps, generated));
                if (generated >= 4 && reader.Calls == 0 && !reader.Started.IsCompleted && steps.Count == 4)
                    engine.Accept(Requests.Greedy(prompt, 1), reader);
                return ListenerVerdict.Continue;
            },
        };
        IGeneration running = engine.Accept(Requests.Greedy("A companion", 2000), companion);
        GenerationEnd end = await reader.Ended;
        running.Cancel();
        await companion.Ended;
        for (int i = 1; i < steps.Count; i++)
            (steps[i].Step - steps[i - 1].Step).ShouldBe(steps[i].Generated - steps[i - 1].Generated, $"text {i}");
        (steps[^1].Step - steps[3].Step).ShouldBeGreaterThanOrEqualTo(end.PromptTokens / 16);
    }

    [Fact]
    public async Task ShortPromptBehindLongOne_IsAnswered_BeforeTheLongOneIsRead()
    {
        string prompt = string.Concat(Enumerable.Range(0, 20).Select(Requests.Prompt));
        await using Engine engine = tiny.Start(
            new EngineOptions(Slots: 2, ContextPerSlot: 2048, BatchTokens: 32, PrefillChunk: 16));
        var shortOne = new Recorder();
        var longOne = new Recorder { Starting = () => engine.Accept(Requests.Greedy("Hi", 3), shortOne) };
        IGeneration reading = engine.Accept(Requests.Greedy(prompt, 1), longOne);
        await shortOne.Ended;
        reading.PromptTokens.ShouldBeGreaterThan(500);
        engine.Load.Steps.ShouldBeLessThan(reading.PromptTokens / 32);
        (await longOne.Ended).Reason.ShouldBe(EndReason.MaxTokens);
    }

    [Fact]
    public async Task SharedCacheTooSmallForAll_LastOnesGiveWay_AndEveryTextIsWhole()
    {
        await using Engine engine = tiny.Start(
            new EngineOptions(Slots: 6, ContextPerSlot: 128, PrefillChunk: 32, UnifiedKv: true));
        Recorder[] recorders = [.. Enumerable.Range(0, 6).Select(_ => new Recorder())];
        IGeneration[] generations =
            [.. recorders.Select((recorder, i) => engine.Accept(Requests.Greedy(Requests.Prompt(i), 160), recorder))];
        using var bare = new BareLoop(tiny.Model);
        for (int i = 0; i < recorders.Length; i++)
        {
            (await recorders[i].Ended).Reason.ShouldBeOneOf(EndReason.MaxTokens, EndReason.Natural);
            bare.Confirm(generations[i], recorders[i]);
        }

        int fed = recorders.Sum(recorder => recorder.Prompt);
        engine.Load.PromptTokens.ShouldBeGreaterThan(fed, "somebody gave way and was read again");
    }
}
