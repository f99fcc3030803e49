using System.Collections.Immutable;
using Orleans.Serialization;

namespace Orleans.StandIn.Tests;

[GenerateSerializer]
public sealed class Node
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public Node? Next { get; set; }

    [Id(2)]
    public List<int> Numbers { get; set; } = [];

    public string Forgotten { get; set; } = "default";
}

[GenerateSerializer]
public record Positional(string Text, List<int> Numbers)
{
    public int Forgotten { get; set; }
}

[GenerateSerializer]
public readonly record struct NumberedStruct([property: Id(0)] long Pid, [property: Id(1)] byte[] Bytes);

[GenerateSerializer]
public readonly record struct PlainStruct([property: Id(0)] long Pid, [property: Id(1)] int Offset);

[GenerateSerializer]
public struct PartialStruct
{
    [Id(0)]
    public int Kept { get; set; }

    public int Lost { get; set; }
}

[GenerateSerializer]
public abstract class Shape
{
    [Id(0)]
    private readonly List<string> _tags;

    protected Shape(params string[] tags) => _tags = [.. tags];

    public IReadOnlyList<string> Tags => _tags;
}

[GenerateSerializer]
public sealed class Circle(double radius, params string[] tags) : Shape(tags)
{
    [Id(0)]
    public double Radius { get; } = radius;
}

[GenerateSerializer]
public sealed class Drawing
{
    [Id(0)]
    public required Shape Main { get; init; }

    [Id(1)]
    public object? Anything { get; init; }

    [Id(2), Immutable]
    public List<int>? Shared { get; init; }
}

[GenerateSerializer, Immutable]
public sealed record Fixed([property: Id(0)] string Text, [property: Id(1)] ImmutableArray<byte> Bytes);

[GenerateSerializer, SuppressReferenceTracking]
public sealed class Untracked
{
    [Id(0)]
    public int Value { get; set; }
}

public sealed class Undeclared
{
    public int Value { get; set; }
}

[GenerateSerializer]
public sealed class HoldsUndeclared
{
    [Id(0)]
    public Undeclared? Member { get; set; }
}

public class UndeclaredBase
{
    public int Value { get; set; }
}

[GenerateSerializer]
public sealed class OnUndeclaredBase : UndeclaredBase
{
    [Id(0)]
    public int Own { get; set; }
}

public sealed class Foreign(string text)
{
    public string Text { get; } = text;
}

[GenerateSerializer]
public struct ForeignSurrogate
{
    [Id(0)]
    public string Text { get; set; }
}

[RegisterConverter]
public sealed class ForeignConverter : IConverter<Foreign, ForeignSurrogate>
{
    public Foreign ConvertFromSurrogate(in ForeignSurrogate surrogate) => new(surrogate.Text);

    public ForeignSurrogate ConvertToSurrogate(in Foreign value) => new() { Text = value.Text };
}

[GenerateSerializer]
public sealed class RefusedException(string message, int code) : Exception(message)
{
    [Id(0)]
    public int Code { get; } = code;

    public int Lost { get; set; }
}

[GenerateSerializer]
public sealed class WrappingException(string message, Exception? inner) : Exception(message, inner)
{
    public int Lost { get; set; }
}

public sealed class UnmarkedException(string message) : Exception(message);

[GenerateSerializer]
public sealed class Generic<T>
{
    [Id(0)]
    public T? Value { get; set; }
}

[GenerateSerializer(GenerateFieldIds = GenerateFieldIds.PublicProperties)]
public sealed class ByProperties
{
    public int Number { get; set; }

    public List<string> Lines { get; init; } = [];
}

[GenerateSerializer]
public sealed class Computed
{
    private int _stored;

    [Id(0)]
    public int Doubled
    {
        get => _stored * 2;
        set => _stored = value / 2;
    }
}

[GenerateSerializer]
public struct Recursive
{
    [Id(0)]
    public List<Recursive>? Children { get; set; }

    [Id(1)]
    public int Value { get; set; }
}

internal static class Copying
{
    public static readonly DeepCopier Copier = new();
}
