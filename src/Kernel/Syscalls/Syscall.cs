namespace AgenticOS.Kernel.Syscalls;

/// <summary>A call as a model wrote it: <c>[[NAME]]</c> or <c>[[NAME: arguments]]</c>.</summary>
/// <param name="Name">A name of the grammar it was read with.</param>
/// <param name="Arguments">What stands between the colon and the closing brackets, without blanks around; may be empty.
/// </param>
public sealed record Syscall(string Name, string Arguments)
{
    /// <inheritdoc/>
    public override string ToString() => Arguments.Length == 0 ? $"[[{Name}]]" : $"[[{Name}: {Arguments}]]";
}
