using System.Text;

namespace AgenticOS.Protocol.Tests;

public class VerbTests
{
    [Fact]
    public void EveryVerb_IsReadInAnyCase()
    {
        foreach (var verb in Enum.GetValues<Verb>().Where(v => v != Verb.Unknown))
        {
            Verbs.Parse(Encoding.ASCII.GetBytes(verb.ToWire())).ShouldBe(verb);
            Verbs.Parse(Encoding.ASCII.GetBytes(verb.ToWire().ToLowerInvariant())).ShouldBe(verb);
        }

        Verbs.Parse("PIN"u8).ShouldBe(Verb.Unknown);
        Verbs.Parse("PINGS"u8).ShouldBe(Verb.Unknown);
        Verbs.Parse(""u8).ShouldBe(Verb.Unknown);
    }

    [Fact]
    public void WireNames_AreTheMembersInCapitals()
    {
        foreach (var verb in Enum.GetValues<Verb>().Where(v => v != Verb.Unknown))
            verb.ToWire().ShouldBe(Capitals(verb.ToString()));
        foreach (var code in Enum.GetValues<ErrorCode>())
            code.ToWire().ShouldBe(Capitals(code.ToString()));
        foreach (var code in Enum.GetValues<OkCode>())
            code.ToWire().ShouldBe(Capitals(code.ToString()));
    }

    [Fact]
    public void EveryErrorCode_IsReadBack()
    {
        foreach (var code in Enum.GetValues<ErrorCode>())
        {
            ErrorCodes.TryParse(code.ToWire(), out var parsed).ShouldBeTrue();
            parsed.ShouldBe(code);
        }

        ErrorCodes.TryParse("NO_SUCH_CODE", out _).ShouldBeFalse();
    }

    private static string Capitals(string member) =>
        string.Concat(member.Select((c, i) => (i > 0 && char.IsUpper(c) ? "_" : "") + char.ToUpperInvariant(c)));
}
