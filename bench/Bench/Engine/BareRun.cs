using System.Diagnostics;
using AgenticOS.Bench.Reports;
using AgenticOS.Inference.Model;

namespace AgenticOS.Bench.Engine;

/// <summary>The other side: prompts in, then decode after decode, and nothing else.</summary>
internal static class BareRun
{
    /// <summary>Measures from the first token of all to the last.</summary>
    internal static Task<Sample> MeasureAsync(IModel model, EngineWork work)
    {
        var result = new TaskCompletionSource<Sample>();

        // A thread of its own, because the thread that opens a context is pinned as its first compute thread.
        new Thread(() => result.SetResult(Run(model, work))) { Name = "bare" }.Start();
        return result.Task;
    }

    private static Sample Run(IModel model, EngineWork work)
    {
        using IModelContext context = model.CreateContext(work.Shape);
        int token = model.Vocabulary.Size - 1;
        for (int sequence = 0; sequence < work.Sequences; sequence++)
            for (int from = 0; from < work.PromptTokens; from += EngineWork.BatchTokens)
                Decode(context, [.. Enumerable.Range(from, Math.Min(EngineWork.BatchTokens, work.PromptTokens - from))
                    .Select(at => new BatchToken(token, at, sequence, at == work.PromptTokens - 1))]);
        var batch = new BatchToken[work.Sequences];
        double processorStart = ThreadClock.Seconds();
        long start = Stopwatch.GetTimestamp();
        for (int step = 0; step < work.GeneratedTokens; step++)
        {
            for (int sequence = 0; sequence < batch.Length; sequence++)
                batch[sequence] = new BatchToken(token, work.PromptTokens + step, sequence, true);
            Decode(context, batch);
        }

        // Reading a row waits for a device that is still at work.
        context.Logits(0);
        double tokens = work.Sequences * work.GeneratedTokens;
        double processor = ThreadClock.Seconds() - processorStart;
        return new Sample(tokens / Stopwatch.GetElapsedTime(start).TotalSeconds, tokens / processor, 1);
    }

    private static void Decode(IModelContext context, BatchToken[] batch)
    {
        if (context.Decode(batch) is var status and not DecodeStatus.Done)
            throw new InvalidOperationException($"The bare loop's decode ended with {status}.");
    }
}
