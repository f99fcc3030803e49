using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace AgenticOS.Conformance;

public enum Mood : byte
{
    Calm = 0,
    Busy = 3,
}

[GenerateSerializer, Alias("conformance.pid"), Immutable]
public readonly record struct Pid([property: Id(0)] long Value);

/// <summary>Positional members of a record need no [Id]: their order is their identity.</summary>
[GenerateSerializer]
public sealed record Positional(int Number, string Text);

[GenerateSerializer]
public class Animal
{
    [Id(0)]
    public string Name { get; set; } = "";
}

[GenerateSerializer]
public sealed class Dog : Animal
{
    // Ids count per class of the hierarchy.
    [Id(0)]
    public int Tricks { get; set; }
}

[GenerateSerializer]
public sealed class Box<T>
{
    [Id(0)]
    public T? Content { get; set; }
}

[GenerateSerializer]
public sealed class Mutable
{
    [Id(0)]
    public List<int> Numbers { get; set; } = [];

    [Id(1)]
    public string Text { get; set; } = "";

    /// <summary>No [Id]: stays behind.</summary>
    [field: NonSerialized]
    public string Unnumbered { get; set; } = "";

    [Id(2)]
    private int _hidden;

    public int Hidden() => _hidden;

    public void Hide(int value) => _hidden = value;
}

[GenerateSerializer, Immutable]
public sealed class ImmutableBatch(byte[] bytes)
{
    [Id(0)]
    public byte[] Bytes { get; } = bytes;
}

/// <summary>Nobody generated a serializer for this one.</summary>
public sealed class Unmarked
{
    public int Number { get; set; }
}

[GenerateSerializer]
public sealed record EveryKind
{
    [Id(0)] public bool Flag { get; init; }
    [Id(1)] public byte Small { get; init; }
    [Id(2)] public int Number { get; init; }
    [Id(3)] public long Big { get; init; }
    [Id(4)] public ulong Huge { get; init; }
    [Id(5)] public double Real { get; init; }
    [Id(6)] public decimal Money { get; init; }
    [Id(7)] public char Letter { get; init; }
    [Id(8)] public string? Text { get; init; }
    [Id(9)] public Guid Unique { get; init; }
    [Id(10)] public DateTimeOffset When { get; init; }
    [Id(11)] public TimeSpan Span { get; init; }
    [Id(12)] public DateTime Utc { get; init; }
    [Id(13)] public int? Maybe { get; init; }
    [Id(14)] public Mood Mood { get; init; }
    [Id(15)] public Mood? MaybeMood { get; init; }
    [Id(16)] public byte[] Bytes { get; init; } = [];
    [Id(17)] public ReadOnlyMemory<byte> Memory { get; init; }
    [Id(18)] public ImmutableArray<int> Immutables { get; init; }
    [Id(19)] public string[] Array { get; init; } = [];
    [Id(20)] public List<Pid> List { get; init; } = [];
    [Id(21)] public Dictionary<string, long> Map { get; init; } = [];
    [Id(22)] public HashSet<int> Set { get; init; } = [];
    [Id(23)] public IReadOnlyList<string> ReadOnlyList { get; init; } = System.Array.Empty<string>();
    [Id(24)] public IReadOnlyDictionary<string, string>? ReadOnlyMap { get; init; }
    [Id(25)] public (int Left, string Right) Pair { get; init; }
    [Id(26)] public Pid Pid { get; init; }
    [Id(27)] public Positional? Nested { get; init; }
    [Id(28)] public object? Anything { get; init; }
    [Id(29)] public Animal? Animal { get; init; }
    [Id(30)] public Uri? Address { get; init; }
    [Id(31)] public SiloAddress? Silo { get; init; }
    [Id(32)] public GrainId Grain { get; init; }
    [Id(33)] public StreamId Stream { get; init; }
    [Id(34)] public Queue<int> Queue { get; init; } = [];
    [Id(35)] public KeyValuePair<string, int> Entry { get; init; }
    [Id(36)] public ImmutableDictionary<string, int>? Immutable { get; init; }
    [Id(37)] public ImmutableList<string>? ImmutableList { get; init; }
    [Id(38)] public Box<Pid>? Generic { get; init; }
    [Id(39)] public float Little { get; init; }
    [Id(40)] public Version? Version { get; init; }
    [Id(41)] public Pid? MaybePid { get; init; }
    [Id(42)] public ArraySegment<byte> Segment { get; init; }
    [Id(43)] public Tuple<int, string>? Tuple { get; init; }
    [Id(44)] public int[][] Jagged { get; init; } = [];
    [Id(45)] public SortedDictionary<string, int>? Sorted { get; init; }
}
