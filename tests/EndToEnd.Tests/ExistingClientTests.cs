using System.Text.Json;

namespace AgenticOS.EndToEnd.Tests;

/// <summary>A client that was written for the original kernel works unmodified.</summary>
public sealed class ExistingClientTests(StandaloneService service) : IClassFixture<StandaloneService>
{
    private static readonly string Evaluator = Path.Combine(AppContext.BaseDirectory, "evaluator.py");

    [Fact]
    public async Task Evaluator_LoadsByPathAndExecutesTemplates_GetsEveryAnswerWhole()
    {
        string[] prompts = ["Calcola 37*19", "What is 37*19?", "Ciao", "Who are you?", "Elenca i file"];
        var run = await ProgramRun.OfAsync("python3",
            [Evaluator, "127.0.0.1", $"{service.Port}", "models/forge-llama.gguf"],
            string.Join('\n', prompts) + "\n");

        run.ExitCode.ShouldBe(0, run.Error);
        var answers = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        answers.Select(answer => answer.GetProperty("prompt").GetString()).ShouldBe(prompts);
        answers.Select(answer => answer.GetProperty("pid").GetInt64()).ShouldBeUnique();
        foreach (var answer in answers.Take(2))
        {
            var text = answer.GetProperty("text").GetString()!;
            text.ShouldContain("[[CALC: 37*19]]");
            text.ShouldContain("703");
        }
        answers.ShouldAllBe(answer => answer.GetProperty("text").GetString()!.Length > 0);
    }
}
