using AgenticOS.Kernel.Exec;
using AgenticOS.Kernel.Generation;
using AgenticOS.Kernel.Processes;
using FsCheck;
using FsCheck.Fluent;

namespace AgenticOS.Kernel.Tests.Exec;

public sealed class ExecPayloadTests
{
    [Theory]
    [InlineData("Calcola 37*19")]
    [InlineData("x=1; print(x)")]
    [InlineData("  indented; with=signs;")]
    [InlineData("temperature is what?")]
    [InlineData("temperature=0.5 is warm")]
    [InlineData("model=a\nb; c")]
    [InlineData("; capability=fast; x")]
    public void WhatIsNoHint_IsPromptToTheByte(string text)
    {
        var payload = Read(text);
        payload.Prompt.ShouldBe(text);
        payload.Hints.ShouldBe(ExecHints.None);
    }

    [Fact]
    public void ALeadingRunOfHints_IsRead()
    {
        var payload = Read("capability=code; Model=sub/Llama 3;priority=high;on_disconnect=kill;interactive=1;"
            + "temp=0.1;max_tokens=5; Scrivi x=1; poi basta");
        payload.Prompt.ShouldBe("Scrivi x=1; poi basta");
        payload.Hints.Capability.ShouldBe(Capability.Code);
        payload.Hints.Model.ShouldBe("sub/Llama 3");
        payload.Hints.Priority.ShouldBe(ProcessPriority.High);
        payload.Hints.OnDisconnect.ShouldBe(DisconnectRule.Kill);
        payload.Hints.Interactive.ShouldBe(true);
        payload.Hints.Generation.ApplyTo(GenerationSettings.Default()).ToString()
            .ShouldBe("temperature=0.1 top_p=0.9 seed=299792458 max_tokens=5");
    }

    [Fact]
    public void TheFirstUnknownKey_BeginsThePrompt() => Read("seed=1;y=2;seed=3;").Prompt.ShouldBe("y=2;seed=3;");

    [Theory]
    [InlineData("capability=quick;x",
        "capability=quick is not allowed: capability must be fast, code, reasoning or general.")]
    [InlineData("priority=max;x", "priority=max is not allowed: priority must be low, normal, high or critical.")]
    [InlineData("on_disconnect=no;x", "on_disconnect=no is not allowed: on_disconnect must be kill or continue.")]
    [InlineData("interactive=yes;x", "interactive=yes is not allowed: interactive must be 0 or 1.")]
    [InlineData("model=;x", "model= is not allowed: model must be the id of a model.")]
    [InlineData("temp=3; print(temp)", "temperature=3 is not allowed: temperature must be a number from 0 to 2.")]
    [InlineData("seed=1;seed=2;x", "seed is set twice.")]
    [InlineData("model=a;MODEL=b;x", "MODEL is set twice.")]
    [InlineData("", "The prompt is empty.")]
    [InlineData(" \r\n", "The prompt is empty.")]
    [InlineData("seed=1; ", "The prompt is empty.")]
    public void ABadHintOrNoPrompt_IsRefused(string text, string error) =>
        ExecPayload.Parse(text).ShouldBe(new ExecReading.Refused(error));

    [Fact]
    public void AnyText_HasAnOutcome_AndThePromptIsItsEnd() => Prop.ForAll((string? text) =>
        ExecPayload.Parse(text ?? "") is not ExecReading.Read read || (text ?? "").EndsWith(read.Payload.Prompt))
        .QuickCheckThrowOnFailure();

    private static ExecPayload Read(string text) =>
        ExecPayload.Parse(text).ShouldBeOfType<ExecReading.Read>().Payload;
}
