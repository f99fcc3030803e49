using AgenticOS.Kernel.Processes;

namespace AgenticOS.Kernel.Tests.Processes;

public sealed class AgentNameTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("agent-7.x/y")]
    [InlineData("città")]
    public void AnOpaqueName_IsTakenAsItIs(string text)
    {
        AgentName.TryParse(text, out var name).ShouldBeTrue();
        name.Value.ShouldBe(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("a\u0000")]
    [InlineData("a\u00a0b")]
    [InlineData("\ud800")]
    public void BlanksControlsAndNonText_AreRefused(string? text) => AgentName.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void TheLimit_CountsBytes()
    {
        AgentName.TryParse(new string('a', 127), out _).ShouldBeTrue();
        AgentName.TryParse(new string('a', 128), out _).ShouldBeTrue();
        AgentName.TryParse(new string('a', 129), out _).ShouldBeFalse();
        AgentName.TryParse(new string('à', 64), out _).ShouldBeTrue();
        AgentName.TryParse(new string('à', 65), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData(" 42 ", true)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("+1", false)]
    [InlineData("9223372036854775807", true)]
    [InlineData("9223372036854775808", false)]
    public void APid_IsPlainPositiveDigits(string text, bool isPid) => Pid.TryParse(text, out _).ShouldBe(isPid);
}
