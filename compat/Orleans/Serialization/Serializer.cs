namespace Orleans.Serialization;

/// <summary>Turns values into bytes and back, by the members that a message carries.</summary>
#pragma warning disable CA1822
public sealed class Serializer
{
    /// <summary>The bytes of a value.</summary>
    public byte[] SerializeToArray<T>(T value) => throw new NotSupportedException();

    /// <summary>The value of bytes that <see cref="SerializeToArray"/> made.</summary>
    public T Deserialize<T>(byte[] source) => throw new NotSupportedException();
}
