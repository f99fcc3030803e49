using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.Tests;

[Collection(nameof(TinyModel))]
public sealed class EngineChurnTests(TinyModel tiny)
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task TwoHundredMixedGenerations_EachEndsOnce_AndAllSlotsAreFree(int seed, bool unified)
    {
        await using Engine engine = tiny.Start(new EngineOptions(
            Slots: 8, ContextPerSlot: 96, BatchTokens: 64, PrefillChunk: 16, QueueLimit: 200, UnifiedKv: unified)
        {
            PauseKeepsSlot = TimeSpan.FromMilliseconds(1),
        });
        var chance = new Random(seed);
        var recorders = new List<Recorder>();
        for (int i = 0; i < 200; i++)
            recorders.Add(Submit(engine, i, chance));
        foreach (Recorder recorder in recorders)
        {
            await recorder.Ended;
            recorder.Ends.ShouldBe(1);
            recorder.Broken.ShouldBeNull();
        }

        // One more generation, so that the last of them is committed.
        await engine.RunAsync(Requests.Greedy("Last", 2));
        EngineLoad load = engine.Load;
        load.FreeSlots.ShouldBeGreaterThanOrEqualTo(load.Slots - 1, load.ToString());
        recorders.Select(recorder => recorder.Ended.Result.Reason).Distinct().Count()
            .ShouldBeGreaterThanOrEqualTo(3, "a mixed churn ends in different ways");
        await engine.DisposeAsync();
        engine.Load.ShouldSatisfyAllConditions(
            end => end.FreeSlots.ShouldBe(end.Slots), end => end.KvTokensUsed.ShouldBe(0));
    }

    private static Recorder Submit(Engine engine, int number, Random chance)
    {
        IGeneration? self = null;
        int pauseAt = chance.Next(3) == 0 ? chance.Next(1, 10) : int.MaxValue;
        int cancelAt = chance.Next(4) == 0 ? chance.Next(1, 12) : int.MaxValue;
        bool cancelAtOnce = chance.Next(10) == 0;
        bool paused = false;
        var recorder = new Recorder
        {
            Verdict = generated =>
            {
                if (generated >= cancelAt)
                    self?.Cancel();
                if (generated < pauseAt || paused || self is null)
                    return ListenerVerdict.Continue;
                paused = true;
                IGeneration resumed = self;
                ThreadPool.QueueUserWorkItem(_ => resumed.Resume("<|im_start|>tool\nhere it is"));
                return ListenerVerdict.Pause;
            },
        };
        string prompt = (Requests.Prompt(number) + Requests.Prompt(number + 1))[..chance.Next(5, 80)];
        GenerationRequest request = chance.Next(2) == 0
            ? Requests.Greedy(prompt, chance.Next(1, 60), "e", "the end")
            : Requests.Seeded(prompt, chance.Next(1, 60), (ulong)number);
        self = engine.Submit(request, recorder) is Submission.Accepted accepted
            ? accepted.Generation : throw new InvalidOperationException($"generation {number} was refused");
        if (cancelAtOnce)
            self.Cancel();
        return recorder;
    }
}
