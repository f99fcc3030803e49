using AgenticOS.Gguf.Folders;
using AgenticOS.Inference;
using AgenticOS.Inference.LlamaCpp;
using AgenticOS.Inference.Model;
using AgenticOS.Kernel.Prompting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace AgenticOS.Models.Tests;

public sealed class BundledModelTests(ITestOutputHelper output)
{
    private const int Slots = 32;
    private const double Needed = 0.95;

    [Theory]
    [InlineData("forge-llama")]
    [InlineData("forge-qwen")]
    [InlineData("forge-mistral")]
    public async Task TwoHundredHeldOutPrompts_AtTemperatureZero_AreAnsweredRight(string id)
    {
        var wrong = await WrongAnswersAsync(id, temperature: 0);

        var right = Question.All.Count - wrong.Count;
        output.WriteLine($"{id}: {right} of {Question.All.Count} right at temperature 0");
        foreach (var line in wrong) output.WriteLine(line);
        Question.All.Count.ShouldBeGreaterThanOrEqualTo(200);
        right.ShouldBeGreaterThanOrEqualTo((int)(Needed * Question.All.Count), string.Join('\n', wrong));
    }

    [Fact]
    public void BundledModels_DescribeThemselvesTruly()
    {
        var models = new ModelFolder(Question.Models).Scan().ToDictionary(model => model.Id);
        (string, PromptFamily)[] bundled =
        [
            ("forge-llama", PromptFamily.Llama),
            ("forge-qwen", PromptFamily.Qwen),
            ("forge-mistral", PromptFamily.Mistral),
        ];
        foreach (var (id, family) in bundled)
        {
            models[id].Fault.ShouldBeNull();
            FamilyOf(models[id]).ShouldBe(family);
            models[id].FileBytes.ShouldBeLessThanOrEqualTo(5_000_000);
        }
    }

    private static async Task<List<string>> WrongAnswersAsync(string id, float temperature)
    {
        var file = new ModelFolder(Question.Models).Scan().Single(model => model.Id == id);
        var family = FamilyOf(file);
        using var model = LlamaCppBackend.Open(NullLogger.Instance).Load(new ModelLoad(file.Path));
        await using var engine = Engine.Start(
            model, new EngineOptions(Slots, ContextPerSlot: 512), TimeProvider.System, NullLogger.Instance);
        var sampling = new SamplingSettings(temperature, 0, 0.9f, 0, 1, 64, 299792458);
        var answers = Question.All.Select(question => Ask(engine, model, family, sampling, question)).ToList();
        await Task.WhenAll(answers.Select(answer => answer.Ended)).WaitAsync(TimeSpan.FromMinutes(5));
        return [.. Question.All.Zip(answers)
            .Where(pair => !IsRight(pair.First, pair.Second))
            .Select(pair => $"  {pair.First.Kind}: {pair.First.Prompt} -> {pair.Second.Call} | {pair.Second.Answer}")];
    }

    private static bool IsRight(Question question, Answering answering) =>
        answering.Call == (question.Call ?? "") && answering.Answer.Trim() == question.Answer;

    private static Answering Ask(
        Engine engine, IModel model, PromptFamily family, SamplingSettings sampling, Question question)
    {
        var prompt = model.ApplyChatTemplate([new ChatTurn("user", question.Prompt)], openAnswer: true)
            ?? PromptFamilies.WrapUser(family, question.Prompt);
        var answering = new Answering(family, question.Result);
        var request = new GenerationRequest(prompt, sampling, 160, PromptFamilies.StopTexts(family));
        answering.Attach(engine.Submit(request, answering).ShouldBeOfType<Submission.Accepted>().Generation);
        return answering;
    }

    private static PromptFamily FamilyOf(ModelFile file) => PromptFamilies.Detect(
        file.Facts!.Architecture, file.Facts.Name, file.Facts.TokenizerPre, file.Facts.ChatTemplate);
}
