namespace Orleans.Runtime;

/// <summary>Which activation the code on this thread belongs to.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static Activation? current;

    public static Activation? Current => current;

    /// <summary>Sets the activation of this thread and returns the one before, to be set again.</summary>
    public static Activation? Enter(Activation? activation)
    {
        var before = current;
        current = activation;
        return before;
    }
}
