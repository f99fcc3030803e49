using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.Tests;

/// <summary>The repository's own trained models, one for each family of chat formats.</summary>
[Collection(nameof(TinyModel))]
public sealed class TrainedModelTests(TinyModel tiny)
{
    [Theory]
    [InlineData("forge-llama.gguf", "<|start_header_id|>user<|end_header_id|>")]
    [InlineData("forge-qwen.gguf", "<|im_start|>user")]
    [InlineData("forge-mistral.gguf", "[INST]")]
    public async Task Greeted_InItsOwnFormat_AnswersInWords_AndEndsItsTurn(string file, string mark)
    {
        using IModel model = tiny.Backend.Load(new ModelLoad(Bundled(file)));
        string prompt = model.ApplyChatTemplate([new ChatTurn("user", "Hello")], openAnswer: true).ShouldNotBeNull();
        prompt.ShouldContain(mark);
        IVocabulary vocabulary = model.Vocabulary;
        int[] tokens = vocabulary.TokenizePrompt(prompt);
        if (vocabulary.Beginning is { } beginning)
            tokens.Count(token => token == beginning).ShouldBe(1, "the template may write the beginning token too");
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 2, ContextPerSlot: 512), model: model);
        Recorder recorder = await engine.RunAsync(Requests.Greedy(prompt, 100));
        GenerationEnd end = await recorder.Ended;
        end.Reason.ShouldBe(EndReason.Natural);
        end.PromptTokens.ShouldBe(tokens.Length);
        recorder.Text.ShouldNotContain("<|");
        recorder.Text.ShouldNotContain('\uFFFD');
        recorder.Text.Any(char.IsLetter).ShouldBeTrue(recorder.Text);
    }

    private static string Bundled(string file)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "models", file)))
                return Path.Combine(at.FullName, "models", file);
        throw new FileNotFoundException($"The repository has no models/{file}.");
    }
}
