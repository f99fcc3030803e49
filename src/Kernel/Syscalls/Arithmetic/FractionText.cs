using System.Globalization;
using System.Numerics;

namespace AgenticOS.Kernel.Syscalls.Arithmetic;

/// <summary>Writes a fraction for people and models.</summary>
internal static class FractionText
{
    /// <summary>Digits of what is not whole; a double has not more to say either.</summary>
    private const int Digits = 15;

    /// <summary>Places after the point up to which no exponent is used.</summary>
    private const int PlainPlaces = 30;

    /// <summary>Whole numbers in full; decimals rounded to 15 digits (but never before the point), without trailing
    /// zeros; an exponent only for what is smaller than about 1e-16.</summary>
    public static string Of(Fraction value)
    {
        if (value.IsWhole)
            return value.Numerator.ToString(CultureInfo.InvariantCulture);
        var sign = value.IsNegative ? "-" : "";
        return sign + Rounded(BigInteger.Abs(value.Numerator), value.Denominator);
    }

    private static string Rounded(BigInteger numerator, BigInteger denominator)
    {
        // The decimal exponent of the first digit, off by at most one, which only costs or gives a digit.
        var magnitude = (int)Math.Floor(BigInteger.Log10(numerator) - BigInteger.Log10(denominator) + 1e-9);
        var places = Math.Max(0, Digits - 1 - magnitude);
        var scaled = ((2 * numerator * BigInteger.Pow(10, places)) + denominator) / (2 * denominator);
        return places <= PlainPlaces ? Plain(scaled, places) : Scientific(scaled, places);
    }

    private static string Plain(BigInteger scaled, int places)
    {
        var digits = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        var decimals = digits[^places..].TrimEnd('0');
        var whole = digits[..^places];
        return decimals.Length == 0 ? whole : whole + "." + decimals;
    }

    private static string Scientific(BigInteger scaled, int places)
    {
        var digits = scaled.ToString(CultureInfo.InvariantCulture);
        var exponent = digits.Length - 1 - places;
        var decimals = digits[1..].TrimEnd('0');
        var mantissa = decimals.Length == 0 ? digits[..1] : digits[..1] + "." + decimals;
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{exponent}");
    }
}
