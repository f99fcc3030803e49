using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AgenticOS.Sandbox.Tests;

public sealed class WorkspaceNameTests
{
    [Theory]
    [InlineData("agent-7_x", "agent-7_x")]
    [InlineData("A", "%41")]
    [InlineData("..", "%2e%2e")]
    [InlineData("a/b", "a%2fb")]
    [InlineData("a%2fb", "a%252fb")]
    [InlineData("è", "%c3%a8")]
    [InlineData("", "%")]
    public void AName_IsWrittenSafely(string agent, string expected) => WorkspaceName.Of(agent).ShouldBe(expected);

    [Fact]
    public void ALongName_IsNamedByItsDigest_AndFitsAFileSystem()
    {
        var a = WorkspaceName.Of(new string('A', 127) + "B");
        a.ShouldStartWith("%sha256-");
        a.Length.ShouldBe(72);
        a.ShouldNotBe(WorkspaceName.Of(new string('A', 128)));
        WorkspaceName.Of(new string('a', 128)).ShouldBe(new string('a', 128));
    }

    [Fact]
    public void NoTwoAgents_ShareAFolder_EvenWithoutCase() => Prop.ForAll((NonNull<string> a, NonNull<string> b) =>
    {
        var isSame = Encoding.UTF8.GetBytes(a.Get).SequenceEqual(Encoding.UTF8.GetBytes(b.Get));
        var (first, second) = (WorkspaceName.Of(a.Get), WorkspaceName.Of(b.Get));
        return string.Equals(first, second, StringComparison.OrdinalIgnoreCase) == isSame;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyName_IsOnePlainSegment() => Prop.ForAll((NonNull<string> agent) =>
    {
        var name = WorkspaceName.Of(agent.Get);
        return name.Length is > 0 and <= 200 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '%' or '-' or '_');
    }).QuickCheckThrowOnFailure();
}
