using System.Numerics;

namespace AgenticOS.Kernel.Syscalls.Arithmetic;

/// <summary>The functions of CALC.</summary>
internal static class Functions
{
    /// <summary>Digits to which a root is worked out; 15 of them are shown.</summary>
    private const int RootPlaces = 20;

    /// <summary>True for a name that <see cref="Apply"/> knows.</summary>
    public static bool IsKnown(string name) =>
        name is "abs" or "min" or "max" or "sqrt" or "round" or "floor" or "ceil" or "pow";

    /// <summary>Applies a function; a wrong number of arguments is a syntax error at <paramref name="at"/>.</summary>
    public static Fraction Apply(string name, List<Fraction> arguments, int at) => (name, arguments.Count) switch
    {
        ("abs", 1) => arguments[0].IsNegative ? -arguments[0] : arguments[0],
        ("sqrt", 1) => Root(arguments[0]),
        ("floor", 1) => Fraction.Of(arguments[0].Floor()),
        ("ceil", 1) => Fraction.Of(-(-arguments[0]).Floor()),
        ("round", 1) => Round(arguments[0]),
        ("round", 2) => RoundTo(arguments[0], arguments[1]),
        ("pow", 2) => Power(arguments[0], arguments[1]),
        ("min", _) => arguments.Aggregate((left, right) => left.CompareTo(right) <= 0 ? left : right),
        ("max", _) => arguments.Aggregate((left, right) => left.CompareTo(right) >= 0 ? left : right),
        _ => throw CalculationException.Syntax($"{name} does not take {arguments.Count} arguments", at),
    };

    /// <summary>Exact for whole exponents, else to about 15 digits.</summary>
    public static Fraction Power(Fraction value, Fraction exponent)
    {
        if (exponent.IsWhole)
            return value.Power(exponent.Numerator);
        if (value.IsNegative)
            throw CalculationException.NotReal("A negative number to a broken exponent");
        if (value.Numerator.IsZero && exponent.IsNegative)
            throw CalculationException.DivisionByZero();
        return exponent.Denominator == 2 && BigInteger.Abs(exponent.Numerator).IsOne
            ? Root(value).Power(exponent.Numerator)
            : Fraction.Of(Math.Pow(value.ToDouble(), exponent.ToDouble()));
    }

    /// <summary>Exact for squares, else to more than 15 digits.</summary>
    private static Fraction Root(Fraction value)
    {
        if (value.IsNegative)
            throw CalculationException.NotReal("The square root of a negative number");
        var (numerator, denominator) = (FloorRoot(value.Numerator), FloorRoot(value.Denominator));
        if (numerator * numerator == value.Numerator && denominator * denominator == value.Denominator)
            return Fraction.Of(numerator, denominator);
        // A small value needs more places for as many digits, a large one fewer; a digit of the root is 6.6 bits here.
        var shift = (int)Math.Max(
            0, RootPlaces + ((value.Denominator.GetBitLength() - value.Numerator.GetBitLength()) / 6));
        var scaled = value.Numerator * BigInteger.Pow(10, 2 * shift) / value.Denominator;
        return Fraction.Scaled(FloorRoot(scaled), -shift);
    }

    /// <summary>The largest whole number whose square is not larger: Newton's method with a precision that doubles from
    /// step to step, so that all steps together cost little more than the last one's division.</summary>
    private static BigInteger FloorRoot(BigInteger value)
    {
        if (value.IsZero)
            return value;
        var half = (int)((value.GetBitLength() - 1) / 2);
        var root = BigInteger.One;
        var precision = 0;
        for (var step = BitLength(half) - 1; step >= 0; step--)
        {
            var before = precision;
            precision = half >> step;
            // With a root of the first `before` bits, one step is exact to `precision` bits, give or take the last.
            root = (root << (precision - before - 1)) + ((value >> ((2 * half) - before - precision + 1)) / root);
        }

        return root * root > value ? root - 1 : root;
    }

    private static int BitLength(int value) => (8 * sizeof(int)) - BitOperations.LeadingZeroCount((uint)value);

    /// <summary>Halves go away from zero, as at school.</summary>
    private static Fraction Round(Fraction value)
    {
        var half = Fraction.Of(1, 2);
        return Fraction.Of(value.IsNegative ? -((-value) + half).Floor() : (value + half).Floor());
    }

    private static Fraction RoundTo(Fraction value, Fraction places)
    {
        var isInRange = places.IsWhole && BigInteger.Abs(places.Numerator) <= SyscallLimits.DecimalExponent;
        if (!isInRange)
            throw new CalculationException($"round takes up to {SyscallLimits.DecimalExponent} whole places.");
        var scale = Fraction.Of(new BigInteger(10)).Power(places.Numerator);
        return Round(value * scale) / scale;
    }
}
