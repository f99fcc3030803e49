using System.Text;
using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.Tests;

[Collection(nameof(TinyModel))]
public sealed class EngineEndTests(TinyModel tiny)
{
    [Fact]
    public async Task StopStringOverSeveralTokens_EndsBeforeIt_AndLeaksNoneOfIt()
    {
        const string Prompt = "Say something long";
        using var bare = new BareLoop(tiny.Model);
        string whole = bare.Answer(Prompt, 80);
        await using Engine engine = tiny.Start();
        for (int at = 3; at + 9 < whole.Length; at += 7)
        {
            string stop = whole.Substring(at, 9);
            if (stop.Contains('\uFFFD', StringComparison.Ordinal) || stop.Any(char.IsSurrogate))
                continue;
            Recorder stopped = await engine.RunAsync(Requests.Greedy(Prompt, 80, "never there", stop));
            (await stopped.Ended).Reason.ShouldBe(EndReason.Natural);
            stopped.Text.ShouldBe(whole[..whole.IndexOf(stop, StringComparison.Ordinal)]);
        }
    }

    [Fact]
    public async Task ContextFull_EndsInOrder_WithEveryTokenThatFits()
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 2, ContextPerSlot: 40));
        Recorder recorder = await engine.RunAsync(Requests.Greedy(LongLived(200), 200));
        GenerationEnd end = await recorder.Ended;
        end.Reason.ShouldBe(EndReason.ContextFull);
        (end.PromptTokens + end.GeneratedTokens).ShouldBe(41, "the last token needs no place");
        engine.ShouldSettle(load => load.KvTokensUsed == 0);
    }

    [Fact]
    public async Task TokenLimit_EndsWithExactlySoMany()
    {
        await using Engine engine = tiny.Start();
        GenerationEnd end = await (await engine.RunAsync(Requests.Greedy(LongLived(17), 17))).Ended;
        end.Reason.ShouldBe(EndReason.MaxTokens);
        end.GeneratedTokens.ShouldBe(17);
        end.Elapsed.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task BytesThatAreNotText_ArriveAsReplacementCharacters_AndAddUpToTheWhole()
    {
        using var bare = new BareLoop(tiny.Model);
        await using Engine engine = tiny.Start();
        int repaired = 0;
        for (int i = 0; i < 12; i++)
        {
            Recorder recorder = await engine.RunAsync(Requests.Greedy(Requests.Prompt(i), 100));
            recorder.Text.ShouldBe(bare.Answer(Requests.Prompt(i), 100));
            repaired += recorder.Text.Count(letter => letter == '\uFFFD');
        }

        repaired.ShouldBeGreaterThan(0, "a random model writes bytes that are no text");
    }

    [Fact]
    public async Task FailingDecode_EndsThoseInIt_AndTheEngineGoesOn()
    {
        using var model = new ProbedModel(tiny.Model, (decode, _) => decode == 3 ? DecodeStatus.Failed : null);
        await using Engine engine = tiny.Start(model: model);
        Recorder failed = await engine.RunAsync(Requests.Greedy("Fail", 50));
        GenerationEnd end = await failed.Ended;
        end.Reason.ShouldBe(EndReason.Failed);
        end.Detail.ShouldNotBeNull().ShouldContain("Failed");
        using var bare = new BareLoop(tiny.Model);
        (await engine.RunAsync(Requests.Greedy("Go on", 20))).Text.ShouldBe(bare.Answer("Go on", 20));
    }

    [Fact]
    public async Task ListenerThrows_EngineEndsEverybodyOnce_AndFreesItsContext()
    {
        using var model = new ProbedModel(tiny.Model, (_, _) => null);
        Engine engine = tiny.Start(new EngineOptions(Slots: 2, ContextPerSlot: 512), model: model);
        var innocent = new Recorder();
        engine.Accept(Requests.Greedy("Innocent", 400), innocent);
        var queued = new Recorder();
        using var allIn = new ManualResetEventSlim();
        var guilty = new Recorder
        {
            Verdict = _ =>
            {
                allIn.Wait();
                throw new NotSupportedException("a bug");
            },
        };
        engine.Accept(Requests.Greedy("Guilty", 50), guilty);
        engine.Accept(Requests.Greedy("Queued", 50), queued);
        allIn.Set();
        foreach (Recorder recorder in new[] { innocent, guilty, queued })
            (await recorder.Ended).Detail.ShouldNotBeNull().ShouldContain("a bug");
        await engine.Completion;
        model.ContextDisposed.ShouldBeTrue();
        engine.Submit(Requests.Greedy("Late", 5), new Recorder()).ShouldBeOfType<Submission.Stopped>();
        await engine.DisposeAsync();
        new[] { innocent, guilty, queued }.Select(recorder => recorder.Ends).ShouldBe([1, 1, 1]);
    }

    [Fact]
    public async Task Disposed_InEveryState_EndsEachOnce_AndTakesNoMore()
    {
        var paused = new Recorder { Verdict = _ => ListenerVerdict.Pause };
        var running = new Recorder();
        var queued = new Recorder();
        Engine engine = tiny.Start(new EngineOptions(Slots: 2, ContextPerSlot: 1024, QueueLimit: 5));
        engine.Accept(Requests.Greedy("Paused", 50), paused);
        await paused.PausedAsync();
        engine.Accept(Requests.Greedy("Running", 900), running);
        engine.Accept(Requests.Greedy("Queued", 50), queued);
        await running.Started;
        await engine.DisposeAsync();
        foreach (Recorder recorder in new[] { paused, running, queued })
        {
            (await recorder.Ended).Reason.ShouldBe(EndReason.EngineStopped);
            recorder.Ends.ShouldBe(1);
            recorder.Broken.ShouldBeNull();
        }

        engine.Submit(Requests.Greedy("Late", 5), new Recorder()).ShouldBeOfType<Submission.Stopped>();
        await engine.DisposeAsync();
    }

    /// <summary>A prompt whose greedy answer does not end by itself within so many tokens.</summary>
    private string LongLived(int tokens)
    {
        using var bare = new BareLoop(tiny.Model);
        for (int i = 0; ; i++)
        {
            int[] prompt = tiny.Model.Vocabulary.TokenizePrompt($"P{i}");
            List<int> all = bare.Continue(prompt, tokens);
            if (!tiny.Model.Vocabulary.IsEndOfGeneration(all[^1]))
                return $"P{i}";
        }
    }
}
