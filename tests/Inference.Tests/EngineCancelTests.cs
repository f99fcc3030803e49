using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.Tests;

[Collection(nameof(TinyModel))]
public sealed class EngineCancelTests(TinyModel tiny)
{
    private static readonly EngineOptions s_oneSlot = new(Slots: 1, ContextPerSlot: 2048, BatchTokens: 64);

    [Fact]
    public async Task CancelledInLine_EndsAtOnce_WithoutEverStarting()
    {
        await using Engine engine = tiny.Start(s_oneSlot);
        var holder = new Recorder();
        IGeneration holding = engine.Accept(Requests.Greedy("Hold the slot", 2000), holder);
        await holder.Started;
        var queued = new Recorder();
        engine.Accept(Requests.Greedy("Wait for it", 5), queued).Cancel();
        GenerationEnd end = await queued.Ended;
        end.Reason.ShouldBe(EndReason.Cancelled);
        end.GeneratedTokens.ShouldBe(0);
        queued.Started.IsCompleted.ShouldBeFalse();
        holding.Cancel();
        (await holder.Ended).Reason.ShouldBe(EndReason.Cancelled);
        engine.ShouldSettle(load => load.FreeSlots == 1);
    }

    [Fact]
    public async Task CancelledWhileItsPromptIsRead_EndsWithoutText()
    {
        string prompt = string.Concat(Enumerable.Range(0, 30).Select(Requests.Prompt));
        IGeneration? reading = null;
        using var model = new ProbedModel(tiny.Model, (decode, _) =>
        {
            if (decode == 2)
                reading!.Cancel();
            return null;
        });
        using var gate = new ManualResetEventSlim();
        await using Engine engine = tiny.Start(s_oneSlot, model: model);
        var recorder = new Recorder { Starting = gate.Wait };
        reading = engine.Accept(Requests.Greedy(prompt, 5), recorder);
        gate.Set();
        GenerationEnd end = await recorder.Ended;
        end.Reason.ShouldBe(EndReason.Cancelled);
        recorder.Calls.ShouldBe(0);
        engine.Load.Steps.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task CancelledDuringALongDecode_AbortsIt_AndTheOthersGoOnUnharmed()
    {
        string prompt = string.Concat(Enumerable.Range(0, 30).Select(Requests.Prompt));
        IGeneration? reading = null;
        int aborted = 0;
        DecodeStatus? CancelInsideLongDecode(int decode, int tokens)
        {
            if (tokens < 100 || reading is null)
                return null;
            reading.Cancel();
            aborted++;
            return null;
        }

        using var model = new ProbedModel(tiny.Model, CancelInsideLongDecode);
        await using Engine engine = tiny.Start(
            new EngineOptions(Slots: 2, ContextPerSlot: 2048, BatchTokens: 1024, PrefillChunk: 1000), model: model);
        var reader = new Recorder();
        using var gate = new ManualResetEventSlim();
        var companion = new Recorder
        {
            Verdict = generated =>
            {
                if (generated == 5)
                    gate.Wait();
                return ListenerVerdict.Continue;
            },
        };
        IGeneration unharmed = engine.Accept(Requests.Greedy("A companion", 60), companion);
        await companion.Started;
        reading = engine.Accept(Requests.Greedy(prompt, 5), reader);
        gate.Set();
        (await reader.Ended).Reason.ShouldBe(EndReason.Cancelled);
        await companion.Ended;
        aborted.ShouldBe(1);
        engine.Load.PromptTokens.ShouldBeLessThan(50, "the aborted decode read nothing");
        using var bare = new BareLoop(tiny.Model);
        bare.Confirm(unharmed, companion);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task AbortedDecode_LeavesNothingInTheCache_AndIsComputedAgain(int which)
    {
        using var model = new ProbedModel(tiny.Model, (decode, _) => decode == which ? DecodeStatus.Aborted : null);
        await using Engine engine = tiny.Start(s_oneSlot, model: model);
        string prompt = Requests.Prompt(1) + Requests.Prompt(2);
        var recorder = new Recorder();
        IGeneration generation = engine.Accept(Requests.Greedy(prompt, 20), recorder);
        (await recorder.Ended).Reason.ShouldNotBe(EndReason.Failed);
        using var bare = new BareLoop(tiny.Model);
        bare.Confirm(generation, recorder);
    }

    [Fact]
    public async Task CancelledByItsOwnListener_EndsAfterThatText()
    {
        await using Engine engine = tiny.Start(s_oneSlot);
        IGeneration? self = null;
        using var gate = new ManualResetEventSlim();
        var recorder = new Recorder
        {
            Starting = gate.Wait,
            Verdict = _ =>
            {
                self!.Cancel();
                return ListenerVerdict.Continue;
            },
        };
        self = engine.Accept(Requests.Greedy("Stop yourself", 50), recorder);
        gate.Set();
        (await recorder.Ended).Reason.ShouldBe(EndReason.Cancelled);
        recorder.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task CancelledWhilePaused_Ends_AndFreesTheSlot()
    {
        await using Engine engine = tiny.Start(s_oneSlot);
        var recorder = new Recorder { Verdict = _ => ListenerVerdict.Pause };
        IGeneration generation = engine.Accept(Requests.Greedy("Pause", 50), recorder);
        await recorder.PausedAsync();
        generation.Cancel();
        generation.Cancel();
        (await recorder.Ended).Reason.ShouldBe(EndReason.Cancelled);
        generation.Resume("too late");
        (await engine.RunAsync(Requests.Greedy("Next", 3))).Ends.ShouldBe(1);
        recorder.Ends.ShouldBe(1);
    }

    [Fact]
    public async Task CancelledAfterItsEnd_NothingHappens()
    {
        await using Engine engine = tiny.Start(s_oneSlot);
        var recorder = new Recorder();
        IGeneration generation = engine.Accept(Requests.Greedy("Short", 2), recorder);
        await recorder.Ended;
        generation.Cancel();
        await engine.RunAsync(Requests.Greedy("Next", 3));
        recorder.Ends.ShouldBe(1);
    }
}
