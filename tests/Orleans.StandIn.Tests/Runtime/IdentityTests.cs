using System.Net;
using Orleans.Runtime;

namespace AgenticOS.StandIn.Tests.Runtime;

public sealed class IdentityTests
{
    [Theory]
    [InlineData("process", "2A", "process/2A")]
    [InlineData("agent", "with/slash and π", "agent/with/slash and π")]
    public void GrainId_ReadsWhatItWrites(string type, string key, string text)
    {
        var id = GrainId.Create(type, key);

        id.ToString().ShouldBe(text);
        GrainId.Parse(text).ShouldBe(id);
        $"{id}".ShouldBe(text);
        id.GetHashCode().ShouldBe(GrainId.Parse(text).GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("noslash")]
    [InlineData("/key")]
    [InlineData("type/")]
    public void GrainId_RefusesWhatIsNone(string text)
    {
        GrainId.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => GrainId.Parse(text));
    }

    [Theory]
    [InlineData(0L, "0")]
    [InlineData(255L, "FF")]
    [InlineData(-1L, "FFFFFFFFFFFFFFFF")]
    public void IntegerKey_IsHexadecimal(long key, string text)
    {
        GrainIdKeyExtensions.CreateIntegerKey(key).ToString().ShouldBe(text);
        new GrainId(GrainType.Create("t"), IdSpan.Create(text)).GetIntegerKey().ShouldBe(key);
    }

    [Fact]
    public void SiloAddress_ReadsWhatItWritesAndKnowsItsSuccessors()
    {
        var silo = SiloAddress.New(IPAddress.Loopback, 11111, 7);
        var later = SiloAddress.New(IPAddress.Loopback, 11111, 8);

        silo.ToParsableString().ShouldBe("127.0.0.1:11111@7");
        SiloAddress.FromParsableString("127.0.0.1:11111@7").ShouldBe(silo);
        SiloAddress.FromParsableString("127.0.0.1:11111@7").GetConsistentHashCode()
            .ShouldBe(silo.GetConsistentHashCode());
        SiloAddress.TryParse("127.0.0.1:11111", out _).ShouldBeFalse();
        later.IsSuccessorOf(silo).ShouldBeTrue();
        silo.IsPredecessorOf(later).ShouldBeTrue();
        SiloAddress.AllocateNewGeneration().ShouldBeLessThan(SiloAddress.AllocateNewGeneration());
    }
}
