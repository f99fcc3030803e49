using System.Collections.Immutable;
using AgenticOS.Conformance.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;

namespace AgenticOS.Conformance;

public interface ICopyGrain : IGrainWithStringKey
{
    Task Mutate(Mutable value);

    Task Keep(Mutable value);

    Task<Mutable> Kept();

    Task KeepLater(string gate, Mutable value);

    Task<T> Echo<T>(T value);

    Task<bool> SameObject(Mutable one, Mutable two);

    Task<object> GiveUnmarked();

    Task<object?> TakeAnything(object? value);

    Task<string> CallBack(IStringKeyGrain target);

    Task<bool> IsTheOneSent(ImmutableBatch batch);
}

[Orleans.Placement.PreferLocalPlacement]
public sealed class CopyGrain : Grain, ICopyGrain
{
    private Mutable _kept = new();

    /// <summary>What the sender put here, by the grain's key, to compare references within one process.</summary>
    public static readonly System.Collections.Concurrent.ConcurrentDictionary<string, object> Sent = new();

    public Task Mutate(Mutable value)
    {
        value.Numbers.Add(99);
        value.Text = "changed by the callee";
        return Task.CompletedTask;
    }

    public Task Keep(Mutable value)
    {
        _kept = value;
        return Task.CompletedTask;
    }

    public Task<Mutable> Kept() => Task.FromResult(_kept);

    public async Task KeepLater(string gate, Mutable value)
    {
        await Gate.Named(gate).Pass();
        _kept = value;
    }

    public Task<T> Echo<T>(T value) => Task.FromResult(value);

    public Task<bool> SameObject(Mutable one, Mutable two) => Task.FromResult(ReferenceEquals(one, two));

    public Task<object> GiveUnmarked() => Task.FromResult<object>(new Unmarked { Number = 1 });

    public Task<object?> TakeAnything(object? value) => Task.FromResult(value);

    public Task<string> CallBack(IStringKeyGrain target) => target.Key();

    public Task<bool> IsTheOneSent(ImmutableBatch batch) =>
        Task.FromResult(ReferenceEquals(Sent[this.GetPrimaryKeyString()], batch));
}

/// <summary>
/// Messages are copies: docs/host/configuration-guide/serialization; src/Orleans.Serialization/Cloning/IDeepCopier.cs;
/// test/Orleans.Serialization.UnitTests/. Each claim holds for a call from outside (bytes) and for one inside a silo.
/// </summary>
[Collection(SharedCluster.Name)]
public sealed class CopyTests(ClusterFixture fixture)
{
    private readonly string _key = Gate.FreshName();

    public static TheoryData<bool> FromOutsideAndInside => new() { false, true };

    /// <summary>A reference held by the external client, or by code in the silo where the grain will live.</summary>
    private ICopyGrain Grain(bool inside) => inside
        ? fixture.Cluster.Silos[0].SiloHost.Services.GetGrains().GetGrain<ICopyGrain>(_key)
        : fixture.Client.GetGrain<ICopyGrain>(_key);

    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task CalleesMutation_IsNotSeenByTheCaller(bool inside)
    {
        var sent = new Mutable { Numbers = { 1 }, Text = "mine" };

        await Grain(inside).Mutate(sent);

        sent.Numbers.ShouldBe([1]);
        sent.Text.ShouldBe("mine");
    }

    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task CallersLaterMutation_IsNotSeenByTheCallee(bool inside)
    {
        var sent = new Mutable { Numbers = { 1 } };
        var call = Grain(inside).KeepLater(_key, sent);
        await Gate.Named(_key).Arrivals(1);

        sent.Numbers.Add(2);
        Gate.Named(_key).Open();
        await call;

        (await Grain(inside).Kept()).Numbers.ShouldBe([1]);
    }

    // The copy is taken when the call is made, even if the callee cannot run yet.
    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task MutationRightAfterTheCall_IsNotSeenByTheCallee(bool inside)
    {
        var sent = new Mutable { Numbers = { 1 } };
        var call = Grain(inside).Keep(sent);
        if (inside)
            sent.Numbers.Add(2);
        await call;

        (await Grain(inside).Kept()).Numbers.ShouldBe([1]);
    }

    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task CallersMutationOfAResult_IsNotSeenByTheCallee(bool inside)
    {
        await Grain(inside).Keep(new Mutable { Numbers = { 1 } });

        (await Grain(inside).Kept()).Numbers.Add(2);

        (await Grain(inside).Kept()).Numbers.ShouldBe([1]);
    }

    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task OnlyNumberedMembers_AreCarried(bool inside)
    {
        var sent = new Mutable { Text = "kept", Unnumbered = "lost" };
        sent.Hide(5);

        var back = await Grain(inside).Echo(sent);

        back.Text.ShouldBe("kept");
        back.Hidden().ShouldBe(5, "a private field with an [Id] travels");
        back.Unnumbered.ShouldBe("", "a member without [Id] does not");
    }

    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task OneObjectTwiceInAMessage_StaysOneObject(bool inside)
    {
        var one = new Mutable();

        (await Grain(inside).SameObject(one, one)).ShouldBeTrue();
        (await Grain(inside).SameObject(one, new Mutable())).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task EveryKindOfMember_Survives(bool inside)
    {
        var sent = Sample(fixture.Cluster.Silos[0].SiloAddress);

        var back = await Grain(inside).Echo(sent);

        back.ShouldNotBeSameAs(sent);
        back.Memory.ToArray().ShouldBe(sent.Memory.ToArray());
        back.Immutables.ShouldBe(sent.Immutables);
        back.Segment.ToArray().ShouldBe(sent.Segment.ToArray());
        back.Animal.ShouldBeOfType<Dog>().Tricks.ShouldBe(4);
        back.Anything.ShouldBe(sent.Anything);
        back.Array.ShouldNotBeSameAs(sent.Array);
        back.ShouldBeEquivalentTo(Likened(sent, back));
    }

    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task Defaults_Survive(bool inside)
    {
        var back = await Grain(inside).Echo(new EveryKind());

        back.Memory.Length.ShouldBe(0);
        back.Immutables.IsDefaultOrEmpty.ShouldBeTrue();
        back.ShouldBeEquivalentTo(Likened(new EveryKind(), back));
    }

    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task ObjectParameter_KeepsTheRuntimeType(bool inside)
    {
        var grain = Grain(inside);

        (await grain.TakeAnything(null)).ShouldBeNull();
        (await grain.TakeAnything(7L)).ShouldBe(7L);
        (await grain.TakeAnything("text")).ShouldBe("text");
        (await grain.TakeAnything(new Pid(3))).ShouldBe(new Pid(3));
        (await grain.TakeAnything(new Positional(1, "one"))).ShouldBe(new Positional(1, "one"));
        (await grain.TakeAnything(new List<object> { 1, "two" })).ShouldBe(new List<object> { 1, "two" });
        (await grain.TakeAnything(new Box<Positional> { Content = new(2, "two") }))
            .ShouldBeOfType<Box<Positional>>().Content.ShouldBe(new Positional(2, "two"));
        (await grain.TakeAnything(new object[] { 1, "x" })).ShouldBeOfType<object[]>().ShouldBe([1, "x"]);
    }

    // (A type without serializer in the signature itself is refused earlier, the silo does not start:
    // src/Orleans.Core/Configuration/Validators/SerializerConfigurationValidator.cs;
    // that needs an assembly of its own and is not tested here.)
    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task ResultWithoutSerializer_FailsTheCall(bool inside) =>
        await Should.ThrowAsync<CodecNotFoundException>(() => Grain(inside).GiveUnmarked());

    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task ArgumentWithoutSerializer_FailsTheCall(bool inside) =>
        await Should.ThrowAsync<CodecNotFoundException>(() => Grain(inside).TakeAnything(new Unmarked()));

    // What C# makes of `IReadOnlyList<T> x = [1, 2]` is a type of the compiler's own without a serializer.
    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task CollectionExpressionTypedAsInterface_FailsTheCall(bool inside)
    {
        IReadOnlyList<int> synthesized = [1, 2];

        await Should.ThrowAsync<CodecNotFoundException>(() => Grain(inside).TakeAnything(synthesized));
    }

    [Theory, MemberData(nameof(FromOutsideAndInside))]
    public async Task GrainReference_CanBeSentAndCalled(bool inside) =>
        (await Grain(inside).CallBack(fixture.Client.GetGrain<IStringKeyGrain>("called back"))).ShouldBe("called back");

    // [Immutable]: the sender promises, so inside one silo nothing is copied (src/Orleans.Serialization/Cloning).
    [Fact]
    public async Task ImmutableType_IsSharedInsideASilo()
    {
        var batch = new ImmutableBatch([1, 2, 3]);
        CopyGrain.Sent[_key] = batch;

        (await Grain(inside: true).IsTheOneSent(batch)).ShouldBeTrue();
    }

    [Fact]
    public async Task ImmutableType_ArrivesEqualFromOutside() =>
        (await Grain(inside: false).Echo(new ImmutableBatch([1, 2, 3]))).Bytes.ShouldBe([1, 2, 3]);

    // Orleans.Serialization.Serializer: the same codecs for bytes on disk; docs/host/configuration-guide/serialization.
    [Fact]
    public void Serializer_RoundTripsThroughBytes()
    {
        var serializer = fixture.Cluster.Silos[0].SiloHost.Services.GetRequiredService<Serializer>();

        var bytes = serializer.SerializeToArray(new Positional(4, "four"));

        serializer.Deserialize<Positional>(bytes).ShouldBe(new Positional(4, "four"));
    }

    /// <summary>Takes over the members whose equality is by reference and which the test compares by content.</summary>
    private static EveryKind Likened(EveryKind sent, EveryKind back) =>
        sent with { Memory = back.Memory, Segment = back.Segment, Immutables = back.Immutables };

    private static EveryKind Sample(SiloAddress silo) => new()
    {
        Flag = true,
        Small = 200,
        Number = -5,
        Big = long.MinValue,
        Huge = ulong.MaxValue,
        Real = Math.PI,
        Money = 12.34m,
        Letter = 'π',
        Text = "text \0 日本",
        Unique = Guid.NewGuid(),
        When = new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.FromHours(2)),
        Span = TimeSpan.FromTicks(-7),
        Utc = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        Maybe = 3,
        Mood = Mood.Busy,
        MaybeMood = Mood.Calm,
        Bytes = [0, 255],
        Memory = new byte[] { 1, 2, 3 }.AsMemory(1),
        Immutables = [4, 5],
        Array = ["a", "b"],
        List = [new Pid(1), new Pid(2)],
        Map = new() { ["one"] = 1 },
        Set = [7, 8],
        ReadOnlyList = new List<string> { "r" },
        ReadOnlyMap = new Dictionary<string, string> { ["k"] = "v" },
        Pair = (1, "right"),
        Pid = new Pid(42),
        Nested = new Positional(9, "nine"),
        Anything = new Pid(77),
        Animal = new Dog { Name = "Rex", Tricks = 4 },
        Address = new Uri("model://llama/8b"),
        Silo = silo,
        Grain = GrainId.Create("type", "key"),
        Stream = StreamId.Create("namespace", "key"),
        Queue = new Queue<int>([1, 2]),
        Entry = new("entry", 1),
        Immutable = ImmutableDictionary<string, int>.Empty.Add("i", 1),
        ImmutableList = ["l"],
        Generic = new Box<Pid> { Content = new Pid(5) },
        Little = 1.5f,
        Version = new Version(1, 2, 3),
        MaybePid = new Pid(6),
        Segment = new ArraySegment<byte>([1, 2, 3, 4], 1, 2),
        Tuple = Tuple.Create(1, "t"),
        Jagged = [[1], [2, 3]],
        Sorted = new SortedDictionary<string, int> { ["s"] = 1 },
    };
}
