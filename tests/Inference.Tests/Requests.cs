namespace AgenticOS.Inference.Tests;

/// <summary>Requests and submissions as tests write them.</summary>
internal static class Requests
{
    internal static GenerationRequest Greedy(string prompt, int maxTokens, params string[] stops) =>
        new(prompt, SamplingSettings.Greedy, maxTokens, stops);

    internal static GenerationRequest Seeded(string prompt, int maxTokens, ulong seed) =>
        new(prompt, new SamplingSettings(0.9f, 40, 0.95f, 0.01f, 1.1f, 64, seed), maxTokens, []);

    /// <summary>Submits and insists on acceptance.</summary>
    internal static IGeneration Accept(this Engine engine, GenerationRequest request, IGenerationListener listener) =>
        engine.Submit(request, listener).ShouldBeOfType<Submission.Accepted>().Generation;

    /// <summary>Runs a request to its end.</summary>
    internal static async Task<Recorder> RunAsync(this Engine engine, GenerationRequest request)
    {
        var recorder = new Recorder();
        engine.Accept(request, recorder);
        await recorder.Ended;
        recorder.Broken.ShouldBeNull();
        return recorder;
    }

    /// <summary>
    /// Waits until the engine's figures say so: they are written at the end of a step, after its listeners heard of it.
    /// </summary>
    internal static void ShouldSettle(this Engine engine, Func<EngineLoad, bool> settled) =>
        SpinWait.SpinUntil(() => settled(engine.Load), TimeSpan.FromSeconds(30)).ShouldBeTrue(engine.Load.ToString());

    /// <summary>A prompt of English words that no other number gives.</summary>
    internal static string Prompt(int number) =>
        $"The {number} small ships sailed over sea number {number * 7} and {new string('x', number % 13)} rested.";
}
