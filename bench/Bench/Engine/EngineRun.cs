using System.Diagnostics;
using AgenticOS.Bench.Reports;
using AgenticOS.Inference;
using AgenticOS.Inference.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgenticOS.Bench.Engine;

/// <summary>One side: the engine as a silo runs it, with listeners that only count.</summary>
internal static class EngineRun
{
    /// <summary>Measures from where all generate to where the first has ended.</summary>
    internal static async Task<Sample> MeasureAsync(IModel model, EngineWork work)
    {
        var options = new EngineOptions(
            Slots: work.Sequences,
            ContextPerSlot: work.ContextPerSequence,
            BatchTokens: EngineWork.BatchTokens,
            PrefillChunk: EngineWork.BatchTokens,
            Threads: work.Threads,
            UnifiedKv: work.UnifiedKv,
            PinThreads: work.Pinned);
        var endless = new EndlessModel(model, work.PromptTokens);
        var watch = new StepWatch(work.Sequences, endless);
        await using var engine = Inference.Engine.Start(
            endless, options, TimeProvider.System, NullLogger.Instance, watch);
        watch.Engine = engine;
        for (int i = 0; i < work.Sequences; i++)
            engine.Submit(
                new GenerationRequest("", Sampling(work, i), work.GeneratedTokens + 2, []), new Counter(watch));
        return await watch.Result;
    }

    private static SamplingSettings Sampling(EngineWork work, int seed) =>
        work.FullSampling
            ? new SamplingSettings(0.8f, 40, 0.95f, 0.05f, 1.1f, 64, (ulong)seed) : SamplingSettings.Greedy;

    private sealed class Counter(StepWatch watch) : IGenerationListener
    {
        private bool _generating;

        public void OnStarted(int promptTokens)
        {
        }

        public ListenerVerdict OnText(ReadOnlySpan<byte> utf8, int generatedTokens)
        {
            if (!_generating)
                watch.Generating++;
            _generating = true;
            return ListenerVerdict.Continue;
        }

        public void OnEnded(in GenerationEnd end) => watch.Ended = true;
    }

    private sealed class StepWatch(int sequences, EndlessModel model) : IStepObserver
    {
        private readonly TaskCompletionSource<Sample> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _from;
        private double _processorFrom;
        private double _decodeFrom;
        private long _tokens;

        internal Inference.Engine Engine { get; set; } = null!;

        internal int Generating { get; set; }

        internal bool Ended { get; set; }

        internal Task<Sample> Result => _result.Task;

        public void OnStepCompleted()
        {
            if (_from == 0 && Generating == sequences)
            {
                _tokens = Engine.Load.TokensGenerated;
                _decodeFrom = model.Context!.DecodeSeconds;
                _processorFrom = ThreadClock.Seconds();
                _from = Stopwatch.GetTimestamp();
            }
            else if (Ended && !_result.Task.IsCompleted)
            {
                double tokens = Engine.Load.TokensGenerated - _tokens;
                double processor = ThreadClock.Seconds() - _processorFrom;
                _result.SetResult(new Sample(
                    tokens / Stopwatch.GetElapsedTime(_from).TotalSeconds,
                    tokens / processor,
                    (model.Context!.DecodeSeconds - _decodeFrom) / processor));
            }
        }
    }
}
