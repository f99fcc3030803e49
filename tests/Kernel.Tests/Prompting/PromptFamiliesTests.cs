using AgenticOS.Kernel.Prompting;

namespace AgenticOS.Kernel.Tests.Prompting;

public sealed class PromptFamiliesTests
{
    [Theory]
    [InlineData(PromptFamily.Llama,
        "<|eot_id|><|start_header_id|>system<|end_header_id|>\n\nOutput:\n703\n<|eot_id|>"
        + "<|start_header_id|>assistant<|end_header_id|>\n")]
    [InlineData(PromptFamily.Qwen, "<|im_start|>system\nOutput:\n703\n<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData(PromptFamily.Mistral, "[INST] [SYSTEM] Output:\n703 [/SYSTEM] [/INST]")]
    [InlineData(PromptFamily.Unknown, "\n[system]\nOutput:\n703\n[/system]\n")]
    public void ASyscallResult_IsWrappedToTheByte(PromptFamily family, string expected) =>
        PromptFamilies.WrapSyscallResult(family, "Output:\n703").ShouldBe(expected);

    [Theory]
    [InlineData(PromptFamily.Llama,
        "<|start_header_id|>user<|end_header_id|>\n\nCiao<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n")]
    [InlineData(PromptFamily.Qwen, "<|im_start|>user\nCiao<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData(PromptFamily.Mistral, "[INST] Ciao [/INST]")]
    [InlineData(PromptFamily.Unknown, "Ciao")]
    public void AUserTurn_IsWrappedToTheByte(PromptFamily family, string expected)
    {
        PromptFamilies.WrapUser(family, "Ciao").ShouldBe(expected);
        PromptFamilies.WrapUser(family, expected).ShouldBe(expected, "what is wrapped already stays raw");
    }

    [Theory]
    [InlineData(PromptFamily.Llama,
        "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n[Message from PID 7]: text\n<|eot_id|>"
        + "<|start_header_id|>assistant<|end_header_id|>\n")]
    [InlineData(PromptFamily.Qwen,
        "<|im_start|>user\n[Message from PID 7]: text\n<|im_end|>\n<|im_start|>assistant\n")]
    [InlineData(PromptFamily.Mistral, "[INST] [Message from PID 7]: text [/INST]")]
    [InlineData(PromptFamily.Unknown, "\n[user]\n[Message from PID 7]: text\n[/user]\n")]
    public void AMessage_IsAUserTurnToTheByte(PromptFamily family, string expected) =>
        PromptFamilies.WrapMessage(family, 7, "text").ShouldBe(expected);

    [Fact]
    public void StopTexts_AreTheFamilys()
    {
        PromptFamilies.StopTexts(PromptFamily.Llama).ShouldBe(["<|eot_id|>", "<|end_of_text|>"]);
        PromptFamilies.StopTexts(PromptFamily.Qwen).ShouldBe(["<|im_end|>", "<|endoftext|>"]);
        PromptFamilies.StopTexts(PromptFamily.Mistral).ShouldBe(["</s>"]);
        PromptFamilies.StopTexts(PromptFamily.Unknown).ShouldBeEmpty();
    }

    [Fact]
    public void ControlTokens_OfAnotherFamily_AreText()
    {
        PromptFamilies.HasControlTokens(PromptFamily.Llama, "<|im_start|>user").ShouldBeFalse();
        PromptFamilies.HasControlTokens(PromptFamily.Qwen, "a <|im_start|>user").ShouldBeTrue();
        PromptFamilies.HasControlTokens(PromptFamily.Mistral, "[inst]").ShouldBeFalse();
        PromptFamilies.HasControlTokens(PromptFamily.Unknown, "<|im_start|>[INST]<|eot_id|>").ShouldBeFalse();
    }

    [Theory]
    [InlineData("llama", "Meta Llama 3.1 8B Instruct", "llama-bpe", "{{ '<|start_header_id|>' }}", PromptFamily.Llama)]
    [InlineData("llama", "Meta Llama 3.1 8B", "llama-bpe", null, PromptFamily.Llama)]
    [InlineData("llama", "Hermes", "llama-bpe", "<|im_start|>", PromptFamily.Qwen)]
    [InlineData("qwen2", "Qwen2.5 7B Instruct", "qwen2", "<|im_start|>", PromptFamily.Qwen)]
    [InlineData("qwen3", null, null, null, PromptFamily.Qwen)]
    [InlineData("llama", "Mistral-7B-Instruct-v0.3", "default", "[INST]", PromptFamily.Mistral)]
    [InlineData("llama", "mistral-7b", null, null, PromptFamily.Mistral)]
    [InlineData("llama", "Mistral Nemo", "tekken", null, PromptFamily.Mistral)]
    [InlineData("llama", "stories260K", "default", null, PromptFamily.Unknown)]
    [InlineData("phi3", "Phi 3", "default", "<|user|>", PromptFamily.Unknown)]
    [InlineData(null, null, null, null, PromptFamily.Unknown)]
    public void AFamily_IsRecognisedByItsMetadata(
        string? architecture, string? name, string? pre, string? template, PromptFamily expected) =>
        PromptFamilies.Detect(architecture, name, pre, template).ShouldBe(expected);

    [Fact]
    public void WireNames_ReadBack()
    {
        foreach (var family in Enum.GetValues<PromptFamily>())
            PromptFamilies.FromWire(PromptFamilies.ToWire(family)).ShouldBe(family);
        PromptFamilies.FromWire(null).ShouldBe(PromptFamily.Unknown);
    }
}
