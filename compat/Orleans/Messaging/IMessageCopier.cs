namespace Orleans.Runtime;

/// <summary>Copies what crosses the boundary of a grain, so that caller and callee never share anything mutable.</summary>
internal interface IMessageCopier
{
    /// <summary>A deep copy, or the value itself when nobody can change it. Fails for what cannot be sent.</summary>
    object? Copy(object? value);

    /// <summary>Replaces the arguments by copies; an object that is there twice is one object afterwards too.</summary>
    void CopyInPlace(Span<object?> arguments);
}
