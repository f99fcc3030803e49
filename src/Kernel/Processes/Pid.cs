using System.Globalization;

namespace AgenticOS.Kernel.Processes;

/// <summary>The number of a process: positive, unique in the cluster, never reused.</summary>
public readonly record struct Pid
{
    /// <summary>Wraps a number that is known to be a PID.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public Pid(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
        Value = value;
    }

    /// <summary>The number itself, at least 1.</summary>
    public long Value { get; }

    /// <summary>Reads plain ASCII digits, as clients write a PID; signs, blanks inside and overflow are
    /// refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Pid pid)
    {
        pid = default;
        if (!long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value <= 0)
            return false;
        pid = new Pid(value);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
