using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>
/// The storage holds another version of the state than the grain last saw. The activation is given up.
/// </summary>
[GenerateSerializer]
public class InconsistentStateException : OrleansException
{
    /// <summary>A conflict without details.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>A conflict that <paramref name="message"/> describes.</summary>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <summary>A conflict with its cause.</summary>
    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A conflict between two versions.</summary>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : this(errorMsg, storedEtag, currentEtag, null)
    {
    }

    /// <summary>A conflict between two versions, with the storage's own error.</summary>
    public InconsistentStateException(
        string errorMsg, string? storedEtag, string? currentEtag, Exception? storageException)
        : base(errorMsg, storageException)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>A conflict between two versions, told by the storage's own error.</summary>
    public InconsistentStateException(string? storedEtag, string? currentEtag, Exception storageException)
        : this(storageException.Message, storedEtag, currentEtag, storageException)
    {
    }

    /// <summary>The version that the storage holds.</summary>
    [Id(1)]
    public string? StoredEtag { get; private set; }

    /// <summary>The version that the grain had.</summary>
    [Id(2)]
    public string? CurrentEtag { get; private set; }

    /// <summary>True until the exception has left the activation whose state is stale.</summary>
    [Id(0)]
    internal bool IsSourceActivation { get; set; } = true;

    /// <inheritdoc/>
    public override string ToString() =>
        $"InconsistentStateException: {Message} Expected Etag={StoredEtag} Received Etag={CurrentEtag}"
        + $" {InnerException}";
}

/// <summary>A grain asks for a storage or stream provider that is not registered.</summary>
[GenerateSerializer]
public sealed class BadProviderConfigException : OrleansException
{
    /// <summary>A missing provider.</summary>
    public BadProviderConfigException()
    {
    }

    /// <summary>A missing provider that <paramref name="msg"/> describes.</summary>
    public BadProviderConfigException(string msg)
        : base(msg)
    {
    }

    /// <summary>A missing provider, with a cause.</summary>
    public BadProviderConfigException(string msg, Exception exc)
        : base(msg, exc)
    {
    }
}
