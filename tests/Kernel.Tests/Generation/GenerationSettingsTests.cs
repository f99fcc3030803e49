using AgenticOS.Kernel.Generation;
using AgenticOS.Kernel.Prompting;
using FsCheck;
using FsCheck.Fluent;

namespace AgenticOS.Kernel.Tests.Generation;

public sealed class GenerationSettingsTests
{
    [Fact]
    public void Defaults_AreTheOriginalOnes()
    {
        GenerationSettings.Default().ToString().ShouldBe("temperature=0.7 top_p=0.9 seed=299792458 max_tokens=500");
        GenerationSettings.Default().ToStatusText()
            .ShouldBe("temperature:0.7 top_p:0.9 seed:299792458 max_tokens:500");
        GenerationSettings.Default(PromptFamily.Mistral).TopP.ShouldBe(0.92f);
        GenerationSettings.Default(PromptFamily.Qwen).TopP.ShouldBe(0.9f);
    }

    [Fact]
    public void ASetGenOfTheProtocol_PrintsAsTheProtocolSays() =>
        Applied("temperature=0.5,top_p=1;seed=7,max_tokens=64").ToString()
            .ShouldBe("temperature=0.5 top_p=1 seed=7 max_tokens=64");

    [Fact]
    public void Aliases_CaseAndBlanks_DoNotMatter() =>
        Applied(" Temp = 0.5 ; TOPP=1, seed=7;max_new_tokens=64;; ").ToString()
            .ShouldBe("temperature=0.5 top_p=1 seed=7 max_tokens=64");

    [Fact]
    public void FurtherKeys_AreShownOnlyWhenTheyAreOn()
    {
        Applied("top_k=40,min_p=0.05,repeat_penalty=1.1").ToString().ShouldBe(
            "temperature=0.7 top_p=0.9 seed=299792458 max_tokens=500 top_k=40 min_p=0.05 repeat_penalty=1.1");
        Applied("top_k=0,min_p=0,repeat_penalty=1").ShouldBe(GenerationSettings.Default());
    }

    [Theory]
    [InlineData("temperature=0")]
    [InlineData("temperature=2")]
    [InlineData("top_p=0")]
    [InlineData("top_p=1")]
    [InlineData("min_p=1")]
    [InlineData("top_k=1000000")]
    [InlineData("repeat_penalty=2")]
    [InlineData("seed=18446744073709551615")]
    [InlineData("max_tokens=1")]
    [InlineData("max_tokens=2147483647")]
    [InlineData("temperature=1e-3")]
    public void TheEndsOfARange_AreAllowed(string text) =>
        GenerationSettings.Parse(Applied(text).ToString()).ShouldBe(Applied(text));

    [Theory]
    [InlineData("temperature=2.1", "temperature=2.1 is not allowed: temperature must be a number from 0 to 2.")]
    [InlineData("temp=-0.1", "temperature=-0.1 is not allowed: temperature must be a number from 0 to 2.")]
    [InlineData("temperature=NaN", "temperature=NaN is not allowed: temperature must be a number from 0 to 2.")]
    [InlineData("temperature=1,5", "'5' is not of the form key=value.")]
    [InlineData("top_p=Infinity", "top_p=Infinity is not allowed: top_p must be a number from 0 to 1.")]
    [InlineData("min_p=1.01", "min_p=1.01 is not allowed: min_p must be a number from 0 to 1.")]
    [InlineData("top_k=-1", "top_k=-1 is not allowed: top_k must be a whole number from 0 (off) to 1000000.")]
    [InlineData("repeat_penalty=0",
        "repeat_penalty=0 is not allowed: repeat_penalty must be a number above 0 and up to 2.")]
    [InlineData("seed=-1", "seed=-1 is not allowed: seed must be a whole number from 0 to 18446744073709551615.")]
    [InlineData("max_tokens=0", "max_tokens=0 is not allowed: max_tokens must be a whole number from 1 to 2147483647.")]
    [InlineData("max_tokens=", "max_tokens= is not allowed: max_tokens must be a whole number from 1 to 2147483647.")]
    [InlineData("seed=1;seed=1", "seed is set twice.")]
    [InlineData("temp=1;temperature=1", "temperature is set twice.")]
    [InlineData("temprature=1",
        "Unknown key 'temprature'; did you mean temperature? "
        + "The keys are temperature, top_p, top_k, min_p, repeat_penalty, seed, max_tokens.")]
    [InlineData("colour=1",
        "Unknown key 'colour'; the keys are temperature, top_p, top_k, min_p, repeat_penalty, seed, max_tokens.")]
    [InlineData("", "Nothing to set: expected key=value with a key of "
        + "temperature, top_p, top_k, min_p, repeat_penalty, seed, max_tokens.")]
    public void WhatIsNotAllowed_IsNamedWithItsRange(string text, string expected)
    {
        var before = Applied("seed=5");
        before.TryApply(text, out var after, out var error).ShouldBeFalse();
        error.ShouldBe(expected);
        after.ShouldBeSameAs(before);
    }

    [Fact]
    public void OneBadPair_LeavesAllAsItWas()
    {
        GenerationSettings.Default().TryApply("seed=1,temperature=9", out var after, out _).ShouldBeFalse();
        after.ShouldBe(GenerationSettings.Default());
    }

    [Fact]
    public void ControlCharacters_DoNotReachTheMessage()
    {
        GenerationSettings.Default().TryApply("a\r\nb=1", out _, out var error).ShouldBeFalse();
        error.ShouldStartWith("Unknown key 'a??b'");
    }

    [Fact]
    public void TheTextForm_ReadsBackToAnEqualValue() => Prop.ForAll(
        (uint a, uint b, ulong seed) =>
        {
            var settings = GenerationSettings.Default() with
            {
                Temperature = (float)(2.0 * a / uint.MaxValue),
                TopP = (float)((double)b / uint.MaxValue),
                MinP = (float)((double)(a ^ b) / uint.MaxValue),
                TopK = (int)(a % 1000),
                RepeatPenalty = (float)(0.5 + ((double)b / uint.MaxValue)),
                Seed = seed,
                MaxTokens = (int)(b % int.MaxValue) + 1,
            };
            return GenerationSettings.Parse(settings.ToString()) == settings;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ALaterChange_WinsWhereBothSpeak()
    {
        GenerationChange.TryParse("seed=1,temp=0.1", out var first, out _).ShouldBeTrue();
        GenerationChange.TryParse("seed=2", out var second, out _).ShouldBeTrue();
        first.Then(second).ApplyTo(GenerationSettings.Default()).ToString()
            .ShouldBe("temperature=0.1 top_p=0.9 seed=2 max_tokens=500");
        GenerationChange.None.ApplyTo(GenerationSettings.Default()).ShouldBe(GenerationSettings.Default());
    }

    [Fact]
    public void ATextThatIsOurs_IsNeverHalfRead() =>
        Should.Throw<FormatException>(() => GenerationSettings.Parse("temperature=0.5 top_p=7"));

    private static GenerationSettings Applied(string text)
    {
        GenerationSettings.Default().TryApply(text, out var settings, out var error).ShouldBeTrue(error);
        return settings;
    }
}
