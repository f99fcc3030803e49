namespace Orleans.Serialization;

/// <summary>A value could not be carried in a message.</summary>
[GenerateSerializer]
public class SerializerException : Exception
{
    /// <summary>A failure without details.</summary>
    public SerializerException()
    {
    }

    /// <summary>A failure that <paramref name="message"/> describes.</summary>
    public SerializerException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its cause.</summary>
    public SerializerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A type is neither built in nor marked with <see cref="GenerateSerializerAttribute"/>.</summary>
[GenerateSerializer]
public sealed class CodecNotFoundException(string message) : SerializerException(message);
