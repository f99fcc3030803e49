namespace Orleans.Runtime;

/// <summary>The base of what the runtime throws.</summary>
public class OrleansException : Exception
{
    /// <summary>With a general text.</summary>
    public OrleansException()
        : base("Unexpected error.")
    {
    }

    /// <summary>With this text.</summary>
    public OrleansException(string message)
        : base(message)
    {
    }

    /// <summary>With this text and cause.</summary>
    public OrleansException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A message was refused instead of delivered.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message)
        : base(message)
    {
    }

    internal OrleansMessageRejectionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The silo that a message went to is gone; whether the call was carried out is not known.</summary>
public sealed class SiloUnavailableException : OrleansMessageRejectionException
{
    /// <summary>With a general text.</summary>
    public SiloUnavailableException()
        : base("Silo unavailable")
    {
    }

    /// <summary>With this text.</summary>
    public SiloUnavailableException(string msg)
        : base(msg)
    {
    }

    /// <summary>With this text and cause.</summary>
    public SiloUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>The client that an observer lives on is not connected.</summary>
public sealed class ClientNotAvailableException : OrleansException
{
    internal ClientNotAvailableException(GrainId clientId)
        : base("No activation for client " + clientId)
    {
    }
}

/// <summary>The grain does not have the extension that was called.</summary>
public sealed class GrainExtensionNotInstalledException(string message) : OrleansException(message);

/// <summary>The silo or client is configured wrongly.</summary>
public sealed class OrleansConfigurationException : Exception
{
    /// <summary>With this text.</summary>
    public OrleansConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>With this text and cause.</summary>
    public OrleansConfigurationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>A lifecycle was stopped before it had started.</summary>
public sealed class OrleansLifecycleCanceledException : OrleansException
{
    internal OrleansLifecycleCanceledException(string message)
        : base(message)
    {
    }
}
