using Orleans.Serialization.Copying;

#pragma warning disable CA1822 // An instance method, as in Orleans.
namespace Orleans.Serialization;

/// <summary>
/// Turns values into bytes and back, by the members that a message carries. The format is the stand-in's own: bytes
/// that Microsoft Orleans wrote are not read, nor the other way round.
/// </summary>
public sealed class Serializer
{
    private readonly IServiceProvider? _services;

    internal Serializer(IServiceProvider? services = null) => _services = services;

    /// <summary>The bytes of a value.</summary>
    /// <exception cref="CodecNotFoundException">
    /// A type in the graph is neither built in nor marked as serializable.
    /// </exception>
    public byte[] SerializeToArray<T>(T value)
    {
        var writer = new ValueWriter();
        CopierTable.Shared.DeclaredAs<T>().Write(value, writer);
        return writer.ToArray();
    }

    /// <summary>The value of bytes that <see cref="SerializeToArray"/> made of the same declared type.</summary>
    /// <exception cref="SerializerException">The bytes are something else.</exception>
    public T Deserialize<T>(byte[] source) => Deserialize<T>(source.AsMemory());

    /// <inheritdoc cref="Deserialize{T}(byte[])"/>
    public T Deserialize<T>(ReadOnlyMemory<byte> source) =>
        CopierTable.Shared.DeclaredAs<T>().Read(new ValueReader(source, _services));
}
