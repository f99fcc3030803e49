using System.Text.Json;
using AgenticOS.Bench.Reports;
using AgenticOS.Inference.LlamaCpp;
using AgenticOS.Inference.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgenticOS.Bench.Engine;

/// <summary>
/// What the engine costs: its tokens per second beside those of a loop that does nothing but decode, in pairs that take
/// turns, so that the machine's moods hit both.
/// </summary>
internal static class EngineVerb
{
    internal const string Usage =
        "engine MODEL [--sequences 1,4,16,64] [--prompt 64] [--generate 128] [--threads 2] [--pairs 5]"
        + " [--kv split|unified] [--sampling greedy|full] [--out REPORT.json]";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    internal static async Task RunAsync(Arguments arguments)
    {
        string path = arguments.Word(0, Usage);
        LlamaCppBackend backend = LlamaCppBackend.Open(NullLogger.Instance);
        using IModel model = backend.Load(new ModelLoad(path));
        await WarmUpAsync(model, arguments);
        var results = new List<EngineResult>();
        foreach (int sequences in arguments.Numbers("sequences", "1,4,16,64"))
        {
            EngineResult result =
                await ComparePairsAsync(model, WorkOf(arguments, sequences), arguments.Number("pairs", 5));
            Console.WriteLine(result);
            results.Add(result);
        }

        var report = new EngineReport(
            Machine.Here(TimeProvider.System),
            backend.Version,
            model.Facts.Description,
            Path.GetFileName(path),
            results);
        if (arguments.Text("out", "") is { Length: > 0 } file)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, s_json) + "\n");
    }

    private static EngineWork WorkOf(Arguments arguments, int sequences) => new(
        sequences,
        arguments.Number("prompt", 64),
        arguments.Number("generate", 128),
        arguments.Number("threads", Environment.ProcessorCount),
        arguments.Text("kv", "split") == "unified",
        arguments.Text("sampling", "greedy") == "full");

    /// <summary>A silo runs for weeks: what is measured is the code as the runtime leaves it after a while.</summary>
    private static async Task WarmUpAsync(IModel model, Arguments arguments)
    {
        EngineWork work = WorkOf(arguments, sequences: 4) with { PromptTokens = 4 };
        for (int round = 0; round < 4; round++)
            await EngineRun.MeasureAsync(model, work);
    }

    private static async Task<EngineResult> ComparePairsAsync(IModel model, EngineWork work, int pairs)
    {
        var engine = new List<Sample>();
        var bare = new List<Sample>();
        for (int pair = 0; pair < pairs; pair++)
        {
            bool engineFirst = pair % 2 == 0;
            if (engineFirst)
                engine.Add(await EngineRun.MeasureAsync(model, work));
            bare.Add(await BareRun.MeasureAsync(model, work));
            if (!engineFirst)
                engine.Add(await EngineRun.MeasureAsync(model, work));
        }

        return new EngineResult(work, engine, bare);
    }
}
