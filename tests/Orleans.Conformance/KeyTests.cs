using AgenticOS.Conformance.Support;

namespace AgenticOS.Conformance;

public interface ILongKeyGrain : IGrainWithIntegerKey
{
    Task<long> Key();
}

public sealed class LongKeyGrain : Grain, ILongKeyGrain
{
    public Task<long> Key() => Task.FromResult(this.GetPrimaryKeyLong());
}

public interface IGuidKeyGrain : IGrainWithGuidKey
{
    Task<Guid> Key();
}

public sealed class GuidKeyGrain : Grain, IGuidKeyGrain
{
    public Task<Guid> Key() => Task.FromResult(this.GetPrimaryKey());
}

public interface IStringKeyGrain : IGrainWithStringKey
{
    Task<string> Key();
}

public sealed class StringKeyGrain : Grain, IStringKeyGrain
{
    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());
}

public interface IFrontDoor : IGrainWithStringKey
{
    Task Put(int value);
}

public interface IBackDoor : IGrainWithStringKey
{
    Task<int> Get();
}

/// <summary>One class behind two interfaces.</summary>
public sealed class TwoDoorsGrain : Grain, IFrontDoor, IBackDoor
{
    private int _value;

    public Task Put(int value)
    {
        _value = value;
        return Task.CompletedTask;
    }

    public Task<int> Get() => Task.FromResult(_value);
}

/// <summary>docs/grains/grain-identity; src/Orleans.Core.Abstractions/IDs/GrainIdKeyExtensions.cs.</summary>
[Collection(SharedCluster.Name)]
public sealed class KeyTests(ClusterFixture fixture)
{
    [Theory]
    [InlineData(0L)]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task IntegerKey_ComesBack(long key)
    {
        (await fixture.Client.GetGrain<ILongKeyGrain>(key).Key()).ShouldBe(key);
        fixture.Client.GetGrain<ILongKeyGrain>(key).GetPrimaryKeyLong().ShouldBe(key);
    }

    [Fact]
    public async Task GuidKey_ComesBack()
    {
        var key = Guid.NewGuid();
        (await fixture.Client.GetGrain<IGuidKeyGrain>(key).Key()).ShouldBe(key);
        fixture.Client.GetGrain<IGuidKeyGrain>(key).GetPrimaryKey().ShouldBe(key);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("with/slash+plus and space")]
    [InlineData("agent:π/日本")]
    public async Task StringKey_ComesBack(string key) =>
        (await fixture.Client.GetGrain<IStringKeyGrain>(key).Key()).ShouldBe(key);

    [Fact]
    public void SameKeyOfTwoGrainTypes_AreTwoIdentities() =>
        fixture.Client.GetGrain<IStringKeyGrain>("k").GetGrainId()
            .ShouldNotBe(fixture.Client.GetGrain<ICallGrain>("k").GetGrainId());

    // src/Orleans.Core/Core/GrainInterfaceTypeToGrainTypeResolver.cs: the one implementation's type is the identity's.
    [Fact]
    public async Task TwoInterfacesOfOneClass_ReachOneActivation()
    {
        var key = Gate.FreshName();
        await fixture.Client.GetGrain<IFrontDoor>(key).Put(5);

        (await fixture.Client.GetGrain<IBackDoor>(key).Get()).ShouldBe(5);
        (await fixture.Client.GetGrain<IFrontDoor>(key).AsReference<IBackDoor>().Get()).ShouldBe(5);
    }

    [Fact]
    public async Task GrainId_LeadsBackToTheGrain()
    {
        var id = fixture.Client.GetGrain<ILongKeyGrain>(77).GetGrainId();

        (await fixture.Client.GetGrain<ILongKeyGrain>(id).Key()).ShouldBe(77);
    }
}
