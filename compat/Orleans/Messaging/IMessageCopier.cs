namespace Orleans.Runtime;

/// <summary>
/// Copies what crosses the boundary of a grain, so that caller and callee never share anything mutable.
/// </summary>
internal interface IMessageCopier
{
    /// <summary>
    /// Replaces the values by deep copies, or leaves them when nobody can change them; an object that is there twice is
    /// one object afterwards too. Fails for what cannot be sent. Returns the references among the copies, which still
    /// send through the silo or client that they come from, or null.
    /// </summary>
    List<GrainReference>? CopyInPlace(Span<object?> values);
}
