using System.Text.Json;
using AgenticOS.Bench.Engine;
using AgenticOS.Bench.Reports;
using AgenticOS.Inference.LlamaCpp;
using AgenticOS.Inference.Model;
using AgenticOS.Kernel.Prompting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgenticOS.Bench.Tcp;

/// <summary>What the whole path costs: a service process with clients on TCP beside a bare decode loop, in pairs that
/// take turns.
/// Each number of streams gets a service of its own, so that its latency figures are of that load alone.</summary>
internal static class TcpVerb
{
    internal const string Usage =
        "tcp MODEL [--sequences 1,4,16,64] [--prompt 64] [--generate 128] [--threads 2] [--pairs 3]"
        + " [--out REPORT.json]";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    internal static async Task RunAsync(Arguments arguments)
    {
        string path = arguments.Word(0, Usage);
        string service = Environment.GetEnvironmentVariable("AGENTICOS_STANDALONE")
            ?? throw new ArgumentException(
                "AGENTICOS_STANDALONE must name the service program; ./agenticos bench sets it.");
        LlamaCppBackend backend = LlamaCppBackend.Open(NullLogger.Instance);
        using IModel model = backend.Load(new ModelLoad(path));
        var results = new List<TcpResult>();
        foreach (int sequences in arguments.Numbers("sequences", "1,4,16,64"))
        {
            results.Add(await MeasureAsync(model, path, service, sequences, arguments));
            Console.WriteLine(results[^1]);
        }

        var report = new TcpReport(
            Machine.Here(TimeProvider.System),
            backend.Version,
            $"{Path.GetFileName(path)}: {model.Facts.Description}",
            results);
        if (arguments.Text("out", "") is { Length: > 0 } file)
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, s_json) + "\n");
    }

    private static async Task<TcpResult> MeasureAsync(
        IModel model, string path, string program, int sequences, Arguments arguments)
    {
        string prompt = PromptOf(model, arguments.Number("prompt", 64));
        string wrapped = PromptFamilies.WrapUser(PromptFamily.Unknown, prompt);
        int promptTokens = model.Vocabulary.TokenizePrompt(wrapped).Length;
        var work = new EngineWork(
            sequences,
            promptTokens,
            arguments.Number("generate", 128),
            arguments.Number("threads", Environment.ProcessorCount),
            UnifiedKv: false,
            FullSampling: false);
        string payload = $"temperature=0;max_tokens={work.GeneratedTokens};{prompt}";
        await using ServiceUnderTest service =
            await ServiceUnderTest.StartAsync(program, path, sequences, work.ContextPerSequence, work.Threads);
        for (int round = 0; round < 3; round++)
            await StreamLoad.RunAsync(service, sequences, payload);

        var throughTcp = new List<StreamLoad>();
        var bare = new List<double>();
        for (int pair = 0; pair < arguments.Number("pairs", 3); pair++)
        {
            throughTcp.Add(await StreamLoad.RunAsync(service, sequences, payload));
            bare.Add(await WholeBareRun.TokensPerSecondAsync(model, work));
        }

        return new TcpResult(
            work,
            [.. throughTcp.Select(load => load.TokensPerSecond)],
            bare,
            throughTcp.Select(load => load.FirstTokenMilliseconds(0.5)).Median(),
            throughTcp.Select(load => load.FirstTokenMilliseconds(0.99)).Median(),
            await service.FigureAsync("emit_p50_us") / 1e3,
            await service.FigureAsync("emit_p99_us") / 1e3);
    }

    /// <summary>A text of about so many tokens in this vocabulary.</summary>
    private static string PromptOf(IModel model, int tokens)
    {
        string text = "a";
        while (model.Vocabulary.Tokenize(text, parseSpecial: false).Length < tokens)
            text += " a";
        return text;
    }
}
