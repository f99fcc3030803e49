using System.Globalization;
using System.Numerics;

namespace AgenticOS.Kernel.Syscalls.Arithmetic;

/// <summary>Reads numbers: digits, a point or a comma and more digits, an exponent.</summary>
internal sealed class NumberReader(string text)
{
    /// <summary>As many digits after a comma as a group of thousands has: it may be either.</summary>
    private const int ThousandsDigits = 3;

    /// <summary>True for what a number may begin with.</summary>
    public static bool Starts(char first) => char.IsAsciiDigit(first) || first == '.';

    /// <summary>Reads a number from <paramref name="at"/> on and moves there past its end.</summary>
    /// <param name="at">Where it begins.</param>
    /// <param name="isCommaSeparator">Within a function's arguments, where a comma divides them.</param>
    public Fraction Read(ref int at, bool isCommaSeparator)
    {
        var start = at;
        SkipDigits(ref at);
        var whole = text[start..at];
        var decimals = "";
        if (at < text.Length && IsPoint(at, isCommaSeparator))
        {
            var isComma = text[at++] == ',';
            var from = at;
            SkipDigits(ref at);
            decimals = text[from..at];
            var isThousands = decimals.Length == ThousandsDigits && whole.Length <= ThousandsDigits && whole != "0";
            if (isComma && (isThousands || (at < text.Length && text[at] is ',' or '.')))
            {
                throw CalculationException.Syntax(
                    $"'{text[start..at]}' is ambiguous (write {whole}.{decimals} or {whole}{decimals})", start);
            }
        }

        if (whole.Length + decimals.Length == 0)
            throw CalculationException.Syntax("A digit is missing", at);
        var digits = BigInteger.Parse(whole + decimals, NumberStyles.None, CultureInfo.InvariantCulture);
        return Fraction.Scaled(digits, Exponent(ref at) - decimals.Length);
    }

    private bool IsPoint(int at, bool isCommaSeparator) => text[at] == '.'
        || (text[at] == ',' && !isCommaSeparator && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]));

    private int Exponent(ref int at)
    {
        if (at >= text.Length || text[at] is not ('e' or 'E'))
            return 0;
        var from = at + 1;
        var digitsFrom = from < text.Length && text[from] is '+' or '-' ? from + 1 : from;
        var end = digitsFrom;
        SkipDigits(ref end);
        if (end == digitsFrom)
            throw CalculationException.Syntax("A digit is missing", end);
        at = end;
        return int.TryParse(text.AsSpan(from, end - from), NumberStyles.AllowLeadingSign, null, out var exponent)
            && Math.Abs((long)exponent) <= SyscallLimits.DecimalExponent
            ? exponent
            : throw CalculationException.TooLarge();
    }

    private void SkipDigits(ref int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
    }
}
