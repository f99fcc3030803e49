using System.Globalization;

namespace AgenticOS.Kernel.Syscalls.Arithmetic;

/// <summary>Ends the working out of an expression; never leaves <see cref="Calculator"/>.</summary>
internal sealed class CalculationException(string message) : Exception(message)
{
    public static CalculationException TooLarge() =>
        new($"The result is too large (more than {SyscallLimits.IntegerDigits} digits).");

    public static CalculationException FractionTooLong() =>
        new($"The fraction is too long (more than {SyscallLimits.FractionDigits} digits).");

    public static CalculationException DivisionByZero() => new("Division by zero.");

    public static CalculationException NotReal(string what) => new($"{what} is not a real number.");

    /// <summary>Bad input at an index; people count from 1.</summary>
    public static CalculationException Syntax(string what, int index) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{what} at position {index + 1}."));
}
