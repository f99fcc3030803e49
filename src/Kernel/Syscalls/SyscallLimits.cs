namespace AgenticOS.Kernel.Syscalls;

/// <summary>Bounds of system calls. Time, rate and errors are the original kernel's defaults.</summary>
public static class SyscallLimits
{
    /// <summary>Longest argument of a call, in bytes of UTF-8; longer text between the brackets is plain
    /// text.</summary>
    public const int ArgumentBytes = 64 * 1024;

    /// <summary>Longest name of a call.</summary>
    public const int NameLength = 32;

    /// <summary>Calls that a process may make within <see cref="RateWindow"/>.</summary>
    public const int CallsPerWindow = 12;

    /// <summary>Failed calls in a row that end a process.</summary>
    public const int ErrorsInARow = 3;

    /// <summary>Names that LS shows.</summary>
    public const int ListedFiles = 1_000;

    /// <summary>Longest expression of CALC, in characters.</summary>
    public const int ExpressionLength = 1_024;

    /// <summary>Deepest nesting of an expression.</summary>
    public const int ExpressionDepth = 64;

    /// <summary>Most decimal digits of a whole number, also between two steps.</summary>
    public const int IntegerDigits = 10_000;

    /// <summary>Most decimal digits of the numerator or the denominator of a fraction.</summary>
    public const int FractionDigits = 1_000;

    /// <summary>Largest decimal exponent in <c>1e3</c>, and the largest second argument of round.</summary>
    public const int DecimalExponent = 1_000;

    /// <summary>The window of the rate limit.</summary>
    public static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(10);

    /// <summary>Wall time of one call.</summary>
    public static readonly TimeSpan CallTime = TimeSpan.FromSeconds(8);
}
