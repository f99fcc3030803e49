namespace AgenticOS.Client;

/// <summary>Nothing answers at the address, or the connection broke before the answer was whole.</summary>
public sealed class KernelUnreachableException : IOException
{
    /// <summary>Says what happened, and why when a cause is known.</summary>
    public KernelUnreachableException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
