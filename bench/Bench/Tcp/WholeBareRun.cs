using System.Diagnostics;
using AgenticOS.Bench.Engine;
using AgenticOS.Inference.Model;

namespace AgenticOS.Bench.Tcp;

/// <summary>The other side of the whole path: the same prompts read in full batches, then decode after decode, and
/// nothing else:
/// no sampling, no text, no sockets. Generated tokens over all the time, prompts included.</summary>
internal static class WholeBareRun
{
    internal static Task<double> TokensPerSecondAsync(IModel model, EngineWork work)
    {
        var result = new TaskCompletionSource<double>();

        // A thread of its own, because the thread that opens a context is pinned as its first compute thread.
        new Thread(() => result.SetResult(Run(model, work))) { Name = "bare" }.Start();
        return result.Task;
    }

    private static double Run(IModel model, EngineWork work)
    {
        using IModelContext context = model.CreateContext(work.Shape);
        int token = model.Vocabulary.Size - 1;
        BatchToken[] prompts = [.. Enumerable.Range(0, work.Sequences).SelectMany(sequence => Enumerable
            .Range(0, work.PromptTokens)
            .Select(at => new BatchToken(token, at, sequence, at == work.PromptTokens - 1)))];
        long start = Stopwatch.GetTimestamp();
        foreach (BatchToken[] chunk in prompts.Chunk(EngineWork.BatchTokens))
            Decode(context, chunk);
        var batch = new BatchToken[work.Sequences];
        for (int step = 1; step < work.GeneratedTokens; step++)
        {
            for (int sequence = 0; sequence < batch.Length; sequence++)
                batch[sequence] = new BatchToken(token, work.PromptTokens + step - 1, sequence, true);
            Decode(context, batch);
        }

        context.Logits(0);
        return work.Sequences * work.GeneratedTokens / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Decode(IModelContext context, BatchToken[] batch)
    {
        if (context.Decode(batch) is var status and not DecodeStatus.Done)
            throw new InvalidOperationException($"The bare loop's decode ended with {status}.");
    }
}
