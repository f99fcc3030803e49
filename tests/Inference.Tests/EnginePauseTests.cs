using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.Tests;

[Collection(nameof(TinyModel))]
public sealed class EnginePauseTests(TinyModel tiny)
{
    private const string Prompt = "Ask for a calculation";
    private const string Injected = "<|im_end|>\n<|im_start|>tool\nthe result is 42";

    [Fact]
    public async Task ResumedWithText_GoesOn_AsIfItHadBeenWrittenThere()
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 2, ContextPerSlot: 512));
        await PauseAtTenAndCompare(engine, whilePaused: _ => Task.CompletedTask);
    }

    [Fact]
    public async Task PausedOneWhoseSlotIsWanted_GivesItUp_AndGoesOnTheSame()
    {
        await using Engine engine = tiny.Start(
            new EngineOptions(Slots: 1, ContextPerSlot: 512) { PauseKeepsSlot = TimeSpan.Zero });
        await PauseAtTenAndCompare(engine, async running =>
        {
            await running.RunAsync(Requests.Greedy("Another one", 5));
            running.Load.Paused.ShouldBe(1);
        });
    }

    [Fact]
    public async Task Paused_KeepsItsCache_AndTakesNoPartInSteps()
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 2, ContextPerSlot: 512));
        var recorder = new Recorder { Verdict = _ => ListenerVerdict.Pause };
        IGeneration generation = engine.Accept(Requests.Greedy(Prompt, 50), recorder);
        await recorder.PausedAsync();
        await engine.RunAsync(Requests.Greedy("Another one", 20));
        recorder.Calls.ShouldBe(1);
        engine.Load.Paused.ShouldBe(1);
        engine.Load.KvTokensUsed.ShouldBeGreaterThanOrEqualTo(generation.PromptTokens);
        generation.Cancel();
        await recorder.Ended;
    }

    [Fact]
    public async Task ResumedInsideTheText_GoesOnAtOnce()
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 1, ContextPerSlot: 512));
        IGeneration? self = null;
        using var gate = new ManualResetEventSlim();
        var recorder = new Recorder
        {
            Starting = gate.Wait,
            Verdict = _ =>
            {
                self!.Resume("");
                return ListenerVerdict.Pause;
            },
        };
        self = engine.Accept(Requests.Greedy(Prompt, 30), recorder);
        gate.Set();
        GenerationEnd end = await recorder.Ended;
        end.GeneratedTokens.ShouldBe(30);
        using var bare = new BareLoop(tiny.Model);
        recorder.Text.ShouldBe(bare.Answer(Prompt, 30));
    }

    [Fact]
    public async Task ResumedBeforeThePause_DoesNotStopThere()
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 1, ContextPerSlot: 512));
        IGeneration? self = null;
        using var gate = new ManualResetEventSlim();
        var recorder = new Recorder
        {
            Starting = gate.Wait,
            Verdict = generated => generated < 15 ? ListenerVerdict.Continue : ListenerVerdict.Pause,
        };
        self = engine.Accept(Requests.Greedy(Prompt, 16), recorder);
        self.Resume("");
        gate.Set();
        await recorder.PausedAsync();
        self.PromptTokens.ShouldBeGreaterThan(0);
        await recorder.PausedAsync();
        self.Resume("");
        (await recorder.Ended).GeneratedTokens.ShouldBe(16);
    }

    [Fact]
    public async Task PauseWithTheLastToken_WaitsForTheResume_ThenEnds()
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 1, ContextPerSlot: 512));
        var recorder = new Recorder { Verdict = _ => ListenerVerdict.Pause };
        IGeneration generation = engine.Accept(Requests.Greedy(Prompt, 1), recorder);
        await recorder.PausedAsync();
        recorder.Ends.ShouldBe(0);
        generation.Resume("more");
        (await recorder.Ended).Reason.ShouldBe(EndReason.MaxTokens);
    }

    [Fact]
    public async Task ResumedTwice_Throws()
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 1, ContextPerSlot: 512));
        using var gate = new ManualResetEventSlim();
        var recorder = new Recorder { Starting = gate.Wait };
        IGeneration generation = engine.Accept(Requests.Greedy(Prompt, 5), recorder);
        generation.Resume("once");
        Should.Throw<InvalidOperationException>(() => generation.Resume("twice"));
        gate.Set();
        await recorder.Ended;
    }

    [Fact]
    public async Task InjectedTextWithoutRoom_EndsContextFull()
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 1, ContextPerSlot: 64));
        var recorder = new Recorder { Verdict = _ => ListenerVerdict.Pause };
        IGeneration generation = engine.Accept(Requests.Greedy("Hi", 20), recorder);
        await recorder.PausedAsync();
        generation.Resume(new string('x', 500));
        (await recorder.Ended).Reason.ShouldBe(EndReason.ContextFull);
    }

    private async Task PauseAtTenAndCompare(Engine engine, Func<Engine, Task> whilePaused)
    {
        int pausedAt = 0;
        var recorder = new Recorder
        {
            Verdict = generated =>
            {
                if (pausedAt > 0 || generated < 10)
                    return ListenerVerdict.Continue;
                pausedAt = generated;
                return ListenerVerdict.Pause;
            },
        };
        IGeneration generation = engine.Accept(Requests.Greedy(Prompt, 40), recorder);
        await recorder.PausedAsync();
        await whilePaused(engine);
        generation.Resume(Injected);
        GenerationEnd end = await recorder.Ended;
        recorder.Broken.ShouldBeNull();

        using var bare = new BareLoop(tiny.Model);
        int[] prompt = tiny.Model.Vocabulary.TokenizePrompt(Prompt);
        List<int> before = bare.Continue(prompt, pausedAt);
        List<int> after = bare.Continue(
            [.. before, .. tiny.Model.Vocabulary.Tokenize(Injected, parseSpecial: true)], 40 - pausedAt);
        int continued = before.Count + tiny.Model.Vocabulary.Tokenize(Injected, parseSpecial: true).Length;
        recorder.Text.ShouldBe(bare.TextOf(before.Skip(prompt.Length)) + bare.TextOf(after.Skip(continued)));
        end.GeneratedTokens.ShouldBe(pausedAt + after.Count - continued);
        end.PromptTokens.ShouldBe(prompt.Length);
    }
}
