using AgenticOS.Kernel.Syscalls.Arithmetic;

namespace AgenticOS.Kernel.Syscalls;

/// <summary>CALC: arithmetic on exact fractions, bounded in time and memory by <see cref="SyscallLimits"/>.
/// <para>Numbers of any size, decimals (<c>1.5</c>, <c>2e3</c>, and <c>1,5</c> where no thousands can be meant), + - *
/// / % ^ ** ( ), the signs x × · ÷ : − of hand-written sums, a trailing <c>=</c>, and abs, min, max, sqrt, round,
/// floor, ceil, pow. <c>%</c> is the remainder with the sign of the dividend; <c>^</c> binds to the right and before a
/// sign. Roots and broken exponents are worked out to about 15 digits.</para></summary>
public static class Calculator
{
    /// <summary>Works an expression out; never throws for bad input.</summary>
    public static Calculation Evaluate(string expression)
    {
        if (expression.Length > SyscallLimits.ExpressionLength)
            return new Calculation.Fault($"The expression is longer than {SyscallLimits.ExpressionLength} characters.");
        var text = expression.AsSpan().TrimEnd();
        if (text.EndsWith("="))
            text = text[..^1];
        if (text.IsWhiteSpace())
            return new Calculation.Fault("The expression is empty.");
        try
        {
            return new Calculation.Value(FractionText.Of(new ExpressionParser(text.ToString()).Evaluate()));
        }
        catch (CalculationException fault)
        {
            return new Calculation.Fault(fault.Message);
        }
    }
}

/// <summary>What came of an expression.</summary>
public abstract record Calculation
{
    private Calculation()
    {
    }

    /// <summary>Its value: whole numbers in full, others as decimals.</summary>
    public sealed record Value(string Text) : Calculation;

    /// <summary>Why it has none, in one line.</summary>
    public sealed record Fault(string Error) : Calculation;
}
