namespace Orleans.Concurrency;

/// <summary>Wraps a value of which the sender promises that nobody changes it, so that it is shared.</summary>
[GenerateSerializer, Immutable]
public readonly struct Immutable<T>(T value)
{
    /// <summary>The value.</summary>
    [Id(0)]
    public T Value { get; } = value;
}

/// <summary>Extends values.</summary>
public static class ImmutableExtensions
{
    /// <summary>Wraps <paramref name="value"/>, promising that nobody changes it.</summary>
    public static Immutable<T> AsImmutable<T>(this T value) => new(value);
}
