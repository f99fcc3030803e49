using Orleans.Serialization;

namespace Orleans.StandIn.Tests;

public sealed class SerializerTests
{
    private static readonly Serializer s_serializer = new();

    private static T RoundTrip<T>(T value) => s_serializer.Deserialize<T>(s_serializer.SerializeToArray(value));

    [Theory]
    [MemberData(nameof(DeepCopierTests.BuiltIn), MemberType = typeof(DeepCopierTests))]
    public void BuiltInTypes_ArriveEqual_WithTheirType(object value)
    {
        var copy = RoundTrip(value);
        copy.ShouldBeOfType(value.GetType());
        DeepCopierTests.Describe(copy).ShouldBe(DeepCopierTests.Describe(value));
    }

    [Fact]
    public void Scalars_KeepEveryBit()
    {
        var half = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromMinutes(330));
        RoundTrip(half).Offset.ShouldBe(half.Offset);
        RoundTrip(DateTime.SpecifyKind(DateTime.UnixEpoch, DateTimeKind.Utc)).Kind.ShouldBe(DateTimeKind.Utc);
        RoundTrip(double.NegativeZero).ShouldBe(double.NegativeZero);
        RoundTrip("half a pair \ud800 stays").ShouldBe("half a pair \ud800 stays");
        RoundTrip<string?>(null).ShouldBeNull();
        RoundTrip<int?>(null).ShouldBeNull();
        RoundTrip(default(System.Collections.Immutable.ImmutableArray<int>)).IsDefault.ShouldBeTrue();
        RoundTrip(DayOfWeek.Friday).ShouldBe(DayOfWeek.Friday);
        RoundTrip(typeof(Dictionary<string, int[]>)).ShouldBe(typeof(Dictionary<string, int[]>));
    }

    [Fact]
    public void Members_Cycles_AndSharing_Arrive()
    {
        var a = new Node { Name = "a", Numbers = [1], Forgotten = "changed" };
        a.Next = new Node { Name = "b", Next = a };
        var copy = RoundTrip(a);
        copy.Next!.Next.ShouldBeSameAs(copy);
        (copy.Name, copy.Forgotten).ShouldBe(("a", "default"));
        var drawing = RoundTrip(new Drawing { Main = new Circle(2.5, "x"), Anything = new Positional("p", [1]) });
        drawing.Main.ShouldBeOfType<Circle>().Tags.ShouldBe(["x"]);
        drawing.Anything.ShouldBeOfType<Positional>().Numbers.ShouldBe([1]);
        RoundTrip(new PartialStruct { Kept = 1, Lost = 2 }).ShouldBe(new PartialStruct { Kept = 1 });
        RoundTrip(new Fixed("t", [1, 2])).Bytes.ShouldBe([1, 2]);
        RoundTrip(new Foreign("f")).Text.ShouldBe("f");
        RoundTrip(new Generic<Node> { Value = a }).Value!.Next!.Name.ShouldBe("b");
        RoundTrip(new Recursive { Value = 1, Children = [new Recursive { Value = 2 }] }).Children![0].Value.ShouldBe(2);
    }

    [Fact]
    public void Exceptions_KeepTypeMessageInnerAndIds()
    {
        var copy = RoundTrip<Exception>(new WrappingException("outer", new RefusedException("inner", 7)));
        copy.ShouldBeOfType<WrappingException>().Message.ShouldBe("outer");
        copy.InnerException.ShouldBeOfType<RefusedException>().Code.ShouldBe(7);
        var all = RoundTrip(new AggregateException("all", new TimeoutException("1"), new RefusedException("2", 2)));
        all.InnerExceptions.Select(e => e.Message).ShouldBe(["1", "2"]);
        all.Message.ShouldBe("all (1) (2)");
    }

    [Fact]
    public void Undeclared_IsRefused() =>
        Should.Throw<CodecNotFoundException>(() => s_serializer.SerializeToArray<object>(new Undeclared()));

    [Fact]
    public void EveryTruncation_FailsAsSuch()
    {
        var bytes = s_serializer.SerializeToArray(new Node { Name = "name", Next = new Node(), Numbers = [1, 2, 3] });
        for (var length = 0; length < bytes.Length; length++)
            Should.Throw<SerializerException>(() => s_serializer.Deserialize<Node>(bytes[..length]), $"{length} bytes");
    }

    [Fact]
    public void UnknownIds_AreSkipped_AndMissingOnesKeepTheirDefault()
    {
        var bytes = s_serializer.SerializeToArray(
            new WrittenByLaterVersion { Kept = 5, Added = new Node { Name = "n" }, After = 6 });
        var name = System.Text.Encoding.UTF8.GetBytes("WrittenByLaterVersion");
        bytes.AsSpan().IndexOf(name).ShouldBe(-1, "a declared sealed type is not named");
        var old = s_serializer.Deserialize<WrittenByEarlierVersion>(bytes);
        (old.Kept, old.After, old.Elsewhere).ShouldBe((5, 6, 9));
    }
}

[GenerateSerializer]
public sealed class WrittenByLaterVersion
{
    [Id(0)]
    public int Kept { get; set; }

    [Id(1)]
    public Node? Added { get; set; }

    [Id(2)]
    public int After { get; set; }
}

[GenerateSerializer]
public sealed class WrittenByEarlierVersion
{
    [Id(0)]
    public int Kept { get; set; }

    [Id(2)]
    public int After { get; set; }

    [Id(3)]
    public int Elsewhere { get; set; } = 9;
}
