using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.Tests;

[Collection(nameof(TinyModel))]
public sealed class EngineDoorTests(TinyModel tiny)
{
    [Fact]
    public async Task QueueIsFull_RefusesOneMore_UntilSomebodyLeaves()
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 2, ContextPerSlot: 512, QueueLimit: 3));
        using var gate = new ManualResetEventSlim();
        Recorder[] recorders = [.. Enumerable.Range(0, 5).Select(_ => new Recorder { Starting = gate.Wait })];
        IGeneration[] accepted = [.. recorders.Select(recorder => engine.Accept(Requests.Greedy("In", 3), recorder))];
        engine.Submit(Requests.Greedy("Out", 3), new Recorder())
            .ShouldBeOfType<Submission.QueueFull>().Limit.ShouldBe(3);
        gate.Set();
        foreach (Recorder recorder in recorders)
            await recorder.Ended;
        await engine.RunAsync(Requests.Greedy("In again", 3));
        accepted.Length.ShouldBe(5);
    }

    [Fact]
    public async Task PromptWithoutRoomForAToken_IsTooLong()
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 1, ContextPerSlot: 32));
        var refused = engine.Submit(Requests.Greedy(new string('x', 40), 3), new Recorder())
            .ShouldBeOfType<Submission.TooLong>();
        refused.PromptTokens.ShouldBe(engine.CountTokens(new string('x', 40)));
        refused.Limit.ShouldBe(31);
    }

    [Theory]
    [InlineData(0, 1f, "stop")]
    [InlineData(5, 0f, "stop")]
    [InlineData(5, 1f, "")]
    public async Task RequestThatMakesNoSense_Throws(int maxTokens, float penalty, string stop)
    {
        await using Engine engine = tiny.Start();
        var request = new GenerationRequest(
            "Hi", SamplingSettings.Greedy with { RepeatPenalty = penalty }, maxTokens, [stop]);
        Should.Throw<ArgumentException>(() => engine.Submit(request, new Recorder()));
    }

    [Fact]
    public async Task PromptWrittenWithTheBeginningToken_HasItOnce()
    {
        await using Engine engine = tiny.Start();
        engine.CountTokens("<s>Hello").ShouldBe(engine.CountTokens("Hello"));
        tiny.Model.Vocabulary.TokenizePrompt("Hello").Count(token => token == 1).ShouldBe(1);
    }

    [Fact]
    public void ControlToken_IsParsedInPrompts_AndNeverText()
    {
        IVocabulary vocabulary = tiny.Model.Vocabulary;
        int[] tokens = vocabulary.Tokenize("<|im_end|>", parseSpecial: true);
        tokens.Length.ShouldBe(1);
        vocabulary.Piece(tokens[0]).Length.ShouldBe(0);
        vocabulary.IsEndOfGeneration(tokens[0]).ShouldBeTrue();
        vocabulary.Tokenize("<|im_end|>", parseSpecial: false).Length.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task SameSeed_SameText_AnotherSeed_Another()
    {
        await using Engine engine = tiny.Start();
        string first = (await engine.RunAsync(Requests.Seeded("Dream", 60, 7))).Text;
        (await engine.RunAsync(Requests.Seeded("Dream", 60, 7))).Text.ShouldBe(first);
        (await engine.RunAsync(Requests.Seeded("Dream", 60, 8))).Text.ShouldNotBe(first);
    }

    [Fact]
    public async Task WithoutWork_NoStepRuns_AndTheObserverHearsNothing()
    {
        var observer = new CountingObserver();
        await using Engine engine = tiny.Start(observer: observer);
        await engine.RunAsync(Requests.Greedy("Work", 5));
        engine.ShouldSettle(load => load.FreeSlots == load.Slots);
        long steps = engine.Load.Steps;
        steps.ShouldBeLessThanOrEqualTo(5);
        observer.Count.ShouldBeLessThanOrEqualTo(7);
        await engine.RunAsync(Requests.Greedy("Work", 5));
        engine.ShouldSettle(load => load.FreeSlots == load.Slots && load.Steps == 2 * steps);
    }

    private sealed class CountingObserver : IStepObserver
    {
        internal int Count { get; private set; }

        public void OnStepCompleted() => Count++;
    }
}
