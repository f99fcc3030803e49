using System.Globalization;
using System.Numerics;

namespace AgenticOS.Kernel.Syscalls.Arithmetic;

/// <summary>An exact rational number in lowest terms with a positive denominator, bounded in size: every operation that
/// would pass the bounds of <see cref="SyscallLimits"/> throws <see cref="CalculationException"/> before or right after
/// a step whose own cost is bounded.</summary>
internal readonly struct Fraction
{
    private const double BitsPerDigit = 3.3219280948873623;
    private const long IntegerBits = (long)(SyscallLimits.IntegerDigits * BitsPerDigit);
    private const long FractionBits = (long)(SyscallLimits.FractionDigits * BitsPerDigit);

    private Fraction(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public bool IsWhole => Denominator.IsOne;

    public bool IsNegative => Numerator.Sign < 0;

    public static Fraction Of(BigInteger whole) => Checked(whole, BigInteger.One);

    public static Fraction Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw CalculationException.DivisionByZero();
        if (denominator.IsOne)
            return Checked(numerator, denominator);
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0)
            divisor = -divisor;
        return Checked(numerator / divisor, denominator / divisor);
    }

    /// <summary>The decimal that a double is written as with 15 digits; for roots and broken exponents.</summary>
    public static Fraction Of(double value)
    {
        if (!double.IsFinite(value))
            throw CalculationException.TooLarge();
        var text = value.ToString("E14", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E');
        var digits = BigInteger.Parse(text[..exponentAt].Replace(".", ""), CultureInfo.InvariantCulture);
        var exponent = int.Parse(text[(exponentAt + 1)..], CultureInfo.InvariantCulture) - 14;
        return Scaled(digits, exponent);
    }

    /// <summary><paramref name="digits"/> times ten to the power of <paramref name="exponent"/>.</summary>
    public static Fraction Scaled(BigInteger digits, int exponent) => exponent >= 0
        ? Of(digits * BigInteger.Pow(10, exponent))
        : Of(digits, BigInteger.Pow(10, -exponent));

    public static Fraction operator -(Fraction value) => new(-value.Numerator, value.Denominator);

    public static Fraction operator +(Fraction left, Fraction right) => Of(
        (left.Numerator * right.Denominator) + (right.Numerator * left.Denominator),
        left.Denominator * right.Denominator);

    public static Fraction operator -(Fraction left, Fraction right) => left + -right;

    public static Fraction operator *(Fraction left, Fraction right) =>
        Of(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Fraction operator /(Fraction left, Fraction right) =>
        Of(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>The remainder, with the sign of the dividend.</summary>
    public static Fraction operator %(Fraction left, Fraction right)
    {
        if (right.Numerator.IsZero)
            throw CalculationException.DivisionByZero();
        return Of(
            BigInteger.Remainder(left.Numerator * right.Denominator, right.Numerator * left.Denominator),
            left.Denominator * right.Denominator);
    }

    public int CompareTo(Fraction other) =>
        (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>The largest whole number that is not larger.</summary>
    public BigInteger Floor()
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    public double ToDouble()
    {
        // Both parts may pass a double's range while their quotient does not: keep 64 bits more than the quotient
        // needs.
        var excess = (int)Math.Max(0, Math.Min(Numerator.GetBitLength(), Denominator.GetBitLength()) - 512);
        return (double)(Numerator >> excess) / (double)(Denominator >> excess);
    }

    /// <summary>A whole power. The size of the result is estimated first, so that no huge number is ever
    /// made.</summary>
    public Fraction Power(BigInteger exponent)
    {
        if (Numerator.IsZero && exponent.Sign < 0)
            throw CalculationException.DivisionByZero();
        if (exponent.IsZero)
            return Of(BigInteger.One);
        if (Numerator.IsZero || (IsWhole && BigInteger.Abs(Numerator).IsOne))
            return exponent.IsEven ? this * this : this;
        var times = BigInteger.Abs(exponent);
        var bits = Math.Max(BigInteger.Abs(Numerator).GetBitLength(), Denominator.GetBitLength()) - 1;
        if (times * Math.Max(1, bits) > IntegerBits)
            throw CalculationException.TooLarge();
        var (numerator, denominator) =
            (BigInteger.Pow(Numerator, (int)times), BigInteger.Pow(Denominator, (int)times));
        return exponent.Sign > 0 ? Of(numerator, denominator) : Of(denominator, numerator);
    }

    private static Fraction Checked(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsOne ? IsTooLong(numerator) : numerator.GetBitLength() > IntegerBits)
            throw CalculationException.TooLarge();
        if (!denominator.IsOne
            && (denominator.GetBitLength() > FractionBits || numerator.GetBitLength() > 2 * FractionBits))
            throw CalculationException.FractionTooLong();
        return new Fraction(numerator, denominator);
    }

    /// <summary>Exact to the digit where the length in bits does not decide.</summary>
    private static bool IsTooLong(BigInteger whole)
    {
        var bits = whole.GetBitLength();
        return bits > IntegerBits && (bits > IntegerBits + 8 || BigInteger.Abs(whole) >= Bound.Value);
    }

    private static class Bound
    {
        public static readonly BigInteger Value = BigInteger.Pow(10, SyscallLimits.IntegerDigits);
    }
}
