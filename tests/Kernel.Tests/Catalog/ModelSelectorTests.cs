using AgenticOS.Kernel.Catalog;
using AgenticOS.Kernel.Exec;
using AgenticOS.Kernel.Prompting;

namespace AgenticOS.Kernel.Tests.Catalog;

public sealed class ModelSelectorTests
{
    private static readonly ModelCandidate Llama = Model("Meta-Llama-3.1-8B", PromptFamily.Llama, 8_000);
    private static readonly ModelCandidate Qwen = Model("sub/qwen2.5", PromptFamily.Qwen, 7_000);
    private static readonly ModelCandidate Tiny = Model("tiny", PromptFamily.Qwen, 10);
    private static readonly ModelCandidate TinyToo = Model("old/tiny", PromptFamily.Mistral, 10);
    private static readonly ModelCandidate Broken =
        Model("broken", PromptFamily.Unknown, 0) with { Fault = "It is cut off." };

    private static readonly ModelCandidate[] All = [Llama, Qwen, Tiny, TinyToo, Broken];

    [Theory]
    [InlineData("Meta-Llama-3.1-8B", "Meta-Llama-3.1-8B")]
    [InlineData("meta-llama-3.1-8b", "Meta-Llama-3.1-8B")]
    [InlineData("models/Meta-Llama-3.1-8B.gguf", "Meta-Llama-3.1-8B")]
    [InlineData("./models/Meta-Llama-3.1-8B.gguf", "Meta-Llama-3.1-8B")]
    [InlineData("models\\Meta-Llama-3.1-8B.gguf", "Meta-Llama-3.1-8B")]
    [InlineData(" Meta-Llama-3.1-8B.gguf\n", "Meta-Llama-3.1-8B")]
    [InlineData("models/Meta-Llama-3.1-8B-00001-of-00003.gguf", "Meta-Llama-3.1-8B")]
    [InlineData("sub/qwen2.5", "sub/qwen2.5")]
    [InlineData("models/sub/qwen2.5.gguf", "sub/qwen2.5")]
    [InlineData("qwen2.5", "sub/qwen2.5")]
    [InlineData("QWEN2.5.GGUF", "sub/qwen2.5")]
    [InlineData("tiny", "tiny")]
    [InlineData("old/tiny", "old/tiny")]
    [InlineData("/data/models/tiny.gguf", "far")]
    public void AName_FindsItsModel(string target, string id)
    {
        var far = new ModelCandidate("far", "/data/models/tiny.gguf", PromptFamily.Unknown, 1, null);
        ModelSelector.Resolve(target, [.. All, far], "tiny").ShouldBeOfType<ModelChoice.Chosen>().Model.Id.ShouldBe(id);
    }

    [Theory]
    [InlineData("../secret.gguf")]
    [InlineData("models/../../secret.gguf")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\models\\x.gguf")]
    public void APathOutside_IsRefused(string target) =>
        ModelSelector.Resolve(target, All, null).ShouldBeOfType<ModelChoice.OutsideFolders>()
            .Message.ShouldBe($"'{target}' lies outside of the model folders.");

    [Fact]
    public void AnUnknownName_NamesTheNearest()
    {
        ModelSelector.Resolve("Meta-Llama-3.1-7B", All, null).Message
            .ShouldBe("No model 'Meta-Llama-3.1-7B'; did you mean 'Meta-Llama-3.1-8B'?");
        ModelSelector.Resolve("gpt", All, null).Message.ShouldBe("No model 'gpt'; LIST_MODELS shows what there is.");
    }

    [Fact]
    public void ANameOfSeveral_IsAmbiguous()
    {
        ModelCandidate[] models = [Model("a/x", PromptFamily.Llama, 1), Model("b/x", PromptFamily.Llama, 1)];
        ModelSelector.Resolve("x", models, null).Message.ShouldBe("'x' is ambiguous, name one of: a/x, b/x.");
        ModelCandidate[] cases = [Model("Tiny", PromptFamily.Llama, 1), Model("tiny", PromptFamily.Llama, 1)];
        ModelSelector.Resolve("TINY", cases, null).ShouldBeOfType<ModelChoice.Ambiguous>();
        ModelSelector.Resolve("Tiny", cases, null).ShouldBe(new ModelChoice.Chosen(cases[0]));
    }

    [Fact]
    public void ABrokenModel_IsNotChosen() => ModelSelector.Resolve("broken", All, null).Message
        .ShouldBe("Model 'broken' cannot be loaded: It is cut off.");

    [Fact]
    public void NoName_MeansTheSelectedOne_OrTheOnlyOne()
    {
        ModelSelector.Resolve("", All, "tiny").ShouldBe(new ModelChoice.Chosen(Tiny));
        ModelSelector.Resolve(null, [Tiny, Broken], null).ShouldBe(new ModelChoice.Chosen(Tiny));
        ModelSelector.Resolve(" ", All, null).ShouldBe(new ModelChoice.NoneSelected(4));
        ModelSelector.Resolve("", [Broken], null).ShouldBe(new ModelChoice.NoneSelected(0));
        ModelSelector.Resolve("", All, "gone").ShouldBe(new ModelChoice.Unknown("gone", null));
        ModelSelector.Resolve("", All, "broken").ShouldBe(new ModelChoice.Faulty(Broken));
    }

    [Theory]
    [InlineData(Capability.Fast, "l1,l8,q1,q7,m7,u3")]
    [InlineData(Capability.General, "l1,l8,q1,q7,m7,u3")]
    [InlineData(Capability.Code, "q7,q1,l8,l1,m7,u3")]
    [InlineData(Capability.Reasoning, "q7,q1,l8,l1,m7,u3")]
    public void ACapability_RanksByFamilyThenSize(Capability capability, string expected)
    {
        ModelCandidate[] models =
        [
            Model("u3", PromptFamily.Unknown, 3),
            Model("m7", PromptFamily.Mistral, 7),
            Model("q7", PromptFamily.Qwen, 7),
            Model("q1", PromptFamily.Qwen, 1),
            Model("l8", PromptFamily.Llama, 8),
            Model("l1", PromptFamily.Llama, 1),
            Broken,
        ];
        string.Join(',', CapabilityRouting.Rank(capability, models).Select(model => model.Id)).ShouldBe(expected);
    }

    private static ModelCandidate Model(string id, PromptFamily family, long parameters) =>
        new(id, $"models/{id}.gguf", family, parameters, null);
}
