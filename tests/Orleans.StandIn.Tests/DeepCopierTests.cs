using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace Orleans.StandIn.Tests;

public sealed class DeepCopierTests
{
    private static T Copy<T>(T value) => Copying.Copier.Copy(value);

    [Fact]
    public void Class_MembersWithIds_ArriveAsCopies()
    {
        var node = new Node { Name = "a", Numbers = [1, 2], Forgotten = "changed" };
        var copy = Copy(node);
        copy.ShouldNotBeSameAs(node);
        copy.Numbers.ShouldBe([1, 2]);
        copy.Numbers.ShouldNotBeSameAs(node.Numbers);
        copy.Forgotten.ShouldBe("default");
    }

    [Fact]
    public void Cycle_StaysACycleOfCopies()
    {
        var a = new Node { Name = "a" };
        a.Next = new Node { Name = "b", Next = a };
        var copy = Copy(a);
        copy.Next!.Next.ShouldBeSameAs(copy);
        copy.Next.ShouldNotBeSameAs(a.Next);
    }

    [Fact]
    public void SharedInstance_StaysShared_UnlessTrackingIsSuppressed()
    {
        var node = new Node();
        var tracked = Copy(new[] { node, node });
        tracked[0].ShouldBeSameAs(tracked[1]);
        var loose = new Untracked();
        var untracked = Copy(new[] { loose, loose });
        untracked[0].ShouldNotBeSameAs(untracked[1]);
    }

    [Fact]
    public void Record_PositionalMembersTravel_WithoutIds_OthersDoNot()
    {
        var record = new Positional("t", [1]) { Forgotten = 5 };
        var copy = Copy(record);
        copy.Text.ShouldBe("t");
        copy.Numbers.ShouldBe([1]);
        copy.Numbers.ShouldNotBeSameAs(record.Numbers);
        copy.Forgotten.ShouldBe(0);
    }

    [Fact]
    public void Structs_CopyDeepMembers_AndLoseMembersWithoutIds()
    {
        var deep = new NumberedStruct(7, [1, 2, 3]);
        var copy = Copy(deep);
        copy.Pid.ShouldBe(7);
        copy.Bytes.ShouldBe(deep.Bytes);
        copy.Bytes.ShouldNotBeSameAs(deep.Bytes);
        Copy(new PartialStruct { Kept = 1, Lost = 2 }).ShouldBe(new PartialStruct { Kept = 1 });
        object boxed = new PlainStruct(1, 2);
        Copy(boxed).ShouldBeSameAs(boxed, "a struct that cannot change is shared, box and all");
    }

    [Fact]
    public void Recursive_StructThroughAList_IsCopied()
    {
        var value = new Recursive { Value = 1, Children = [new Recursive { Value = 2 }] };
        var copy = Copy(value);
        copy.Children.ShouldNotBeSameAs(value.Children);
        copy.Children![0].Value.ShouldBe(2);
    }

    [Fact]
    public void Polymorphic_PrivateReadonlyAndInitMembers_Arrive()
    {
        var shared = new List<int> { 1 };
        var drawing = new Drawing { Main = new Circle(2.5, "x", "y"), Anything = new[] { "z" }, Shared = shared };
        var copy = Copy(drawing);
        copy.Main.ShouldBeOfType<Circle>().Radius.ShouldBe(2.5);
        copy.Main.Tags.ShouldBe(["x", "y"]);
        copy.Main.Tags.ShouldNotBeSameAs(drawing.Main.Tags);
        copy.Anything.ShouldBe(new[] { "z" });
        copy.Shared.ShouldBeSameAs(shared);
    }

    [Fact]
    public void Immutable_IsShared_WithoutAllocation()
    {
        object value = new Fixed("t", [1, 2]);
        Copy(value).ShouldBeSameAs(value);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Copying.Copier.CopyObject(value);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Undeclared_IsRefused_AtEveryDepth()
    {
        Should.Throw<CodecNotFoundException>(() => Copy(new Undeclared())).Message
            .ShouldBe($"Could not find a copier for type {typeof(Undeclared)}.");
        Should.Throw<CodecNotFoundException>(() => Copy(new HoldsUndeclared()), "the declared type is enough");
        Should.Throw<CodecNotFoundException>(() => Copy(new OnUndeclaredBase()));
        Should.Throw<CodecNotFoundException>(() => Copy(new List<Undeclared>()));
        Should.Throw<CodecNotFoundException>(
            () => Copy<object>(new Drawing { Main = null!, Anything = new Undeclared() }));
        Should.Throw<CodecNotFoundException>(() => Copy(() => 1));
        Should.Throw<CodecNotFoundException>(() => Copy(new HoldsUndeclared()), "and a second time");
    }

    [Fact]
    public void Converter_CarriesForeignTypes_AlsoNested()
    {
        var foreign = new Foreign("f");
        var copy = Copy(new List<Foreign> { foreign, foreign });
        copy[0].Text.ShouldBe("f");
        copy[0].ShouldNotBeSameAs(foreign);
        copy[0].ShouldBeSameAs(copy[1]);
    }

    [Fact]
    public void Exception_KeepsTypeMessageInnerAndIds()
    {
        var copy = Copy(new RefusedException("no", 7) { Lost = 3, HResult = 99, Data = { ["k"] = "v" } });
        (copy.Message, copy.Code, copy.Lost, copy.HResult, copy.Data["k"]).ShouldBe(("no", 7, 0, 99, "v"));
        var unmarked = Copy(new WrappingException("outer", new RefusedException("inner", 1)) { Lost = 3 });
        (unmarked.Message, unmarked.Lost).ShouldBe(("outer", 0));
        unmarked.InnerException.ShouldBeOfType<RefusedException>().Message.ShouldBe("inner");
        Should.Throw<CodecNotFoundException>(() => Copy(new UnmarkedException("ours, not declared")));
        var argument = Copy(new ArgumentException("bad", "p"));
        argument.Message.ShouldBe("bad (Parameter 'p')");
        var all = Copy(new AggregateException("all", new RefusedException("1", 1), new TimeoutException("2")));
        all.InnerExceptions.Select(e => e.GetType()).ShouldBe([typeof(RefusedException), typeof(TimeoutException)]);
    }

    [Fact]
    public void Exception_Thrown_KeepsItsStackTrace()
    {
        var thrown = Should.Throw<WrappingException>(() => throw new WrappingException("x", null));
        Copy(thrown).StackTrace.ShouldNotBeNull().ShouldContain(nameof(Exception_Thrown_KeepsItsStackTrace));
    }

    [Fact]
    public void ComputedProperties_And_PropertiesByRule_Travel()
    {
        Copy(new Computed { Doubled = 8 }).Doubled.ShouldBe(8);
        var copy = Copy(new ByProperties { Number = 3, Lines = ["a"] });
        copy.Number.ShouldBe(3);
        copy.Lines.ShouldBe(["a"]);
        Copy(new Generic<Node> { Value = new Node { Name = "n" } }).Value!.Name.ShouldBe("n");
    }

    public static TheoryData<object> BuiltIn => new()
    {
        1, "s", 1.5m, Guid.NewGuid(), DateTime.UnixEpoch, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1),
            DayOfWeek.Friday,
        new Uri("http://host/"), new Version(1, 2), new[] { 1, 2 }, new int[,] { { 1, 2 }, { 3, 4 } },
        new[] { new[] { 1 } },
        new List<string> { "a" }, new Dictionary<string, List<int>> { ["a"] = [1] }, new HashSet<int> { 1, 2 },
        new Queue<int>([1, 2, 3]), new Stack<int>([1, 2, 3]),
        new SortedDictionary<int, string> { [2] = "b", [1] = "a" },
        new SortedSet<int> { 2, 1 }, new ConcurrentDictionary<int, int> { [1] = 2 }, ImmutableArray.Create(1, 2),
        ImmutableList.Create(new[] { 1 }), ImmutableDictionary<string, int>.Empty.Add("a", 1),
        ImmutableStack.Create(1, 2),
        new Dictionary<int, int> { [1] = 1 }.ToFrozenDictionary(), new[] { "x", "y" }.ToFrozenSet(),
        (1, "a", new[] { 2 }),
        Tuple.Create(1, new List<int> { 3 }), KeyValuePair.Create("k", new[] { 1 }), typeof(string),
        new object[] { 1, "a", null! },
    };

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void BuiltInTypes_ArriveEqual_WithTheirType(object value)
    {
        var copy = Copy(value);
        copy.ShouldBeOfType(value.GetType());
        Describe(copy).ShouldBe(Describe(value));
    }

    internal static string Describe(object? value) => value switch
    {
        null or string => $"{value}",
        IEnumerable items => $"[{string.Join(",", items.Cast<object?>().Select(Describe))}]",
        ITuple tuple => $"({string.Join(",", Enumerable.Range(0, tuple.Length).Select(i => Describe(tuple[i])))})",
        KeyValuePair<string, int[]> pair => pair.Key + Describe(pair.Value),
        KeyValuePair<string, List<int>> pair => pair.Key + Describe(pair.Value),
        _ => value.ToString()!,
    };

    [Fact]
    public void Memory_GetsAnArrayOfItsOwn()
    {
        var bytes = new byte[] { 1, 2, 3 };
        var memory = Copy(new ReadOnlyMemory<byte>(bytes, 1, 2));
        bytes[1] = 9;
        memory.ToArray().ShouldBe([2, 3]);
        Copy(new Memory<byte>(bytes, 0, 1)).ToArray().ShouldBe([1]);
        Copy<int?>(null).ShouldBeNull();
        Copy<PartialStruct?>(new PartialStruct { Kept = 1 }).ShouldBe(new PartialStruct { Kept = 1 });
    }

    [Fact]
    public void Dictionary_KeepsItsComparer()
    {
        var copy = Copy(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 });
        copy["a"].ShouldBe(1);
    }

    [Fact]
    public void Immutable_Wrapper_SharesItsValue()
    {
        var list = new List<int> { 1 };
        Copy(list.AsImmutable()).Value.ShouldBeSameAs(list);
    }

    [Fact]
    public async Task ManyThreads_FirstUse_AllSucceed()
    {
        using var start = new Barrier(8);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                Copy(new Generic<Generic<Dictionary<Guid, Node>>> { Value = new() }).Value.ShouldNotBeNull();
            },
            TaskCreationOptions.LongRunning)));
    }
}
