using System.Diagnostics;
using System.Numerics;
using AgenticOS.Kernel.Syscalls;
using FsCheck;
using FsCheck.Fluent;

namespace AgenticOS.Kernel.Tests.Syscalls;

public sealed class CalculatorTests
{
    [Theory]
    [InlineData("37*19", "703")]
    [InlineData("7/2", "3.5")]
    [InlineData("6/3", "2")]
    [InlineData("1/3", "0.333333333333333")]
    [InlineData("2/3", "0.666666666666667")]
    [InlineData("0.1+0.2", "0.3")]
    [InlineData("2+3*4", "14")]
    [InlineData("(2+3)*4", "20")]
    [InlineData("10-4-3", "3")]
    [InlineData("100/10/5", "2")]
    [InlineData("-2^2", "-4")]
    [InlineData("(-2)^2", "4")]
    [InlineData("2^3^2", "512")]
    [InlineData("2**-1", "0.5")]
    [InlineData("2 ^ - 2", "0.25")]
    [InlineData("--3", "3")]
    [InlineData("2*-3", "-6")]
    [InlineData("2--3", "5")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("5.5 % 2", "1.5")]
    [InlineData("0^0", "1")]
    [InlineData("(1/2)^3", "0.125")]
    [InlineData("4^0.5", "2")]
    [InlineData("8^(1/3)", "2")]
    [InlineData("2^100", "1267650600228229401496703205376")]
    [InlineData("99999999999999999999+1", "100000000000000000000")]
    [InlineData("3 x 4", "12")]
    [InlineData("3x4X2", "24")]
    [InlineData("3×4÷2", "6")]
    [InlineData("10 − 4", "6")]
    [InlineData("10:4", "2.5")]
    [InlineData("3,5*2", "7")]
    [InlineData("0,125+1", "1.125")]
    [InlineData("1234,567", "1234.567")]
    [InlineData("1e3+1", "1001")]
    [InlineData("1.5E-2", "0.015")]
    [InlineData(".5*2", "1")]
    [InlineData("5.", "5")]
    [InlineData("37*19 =", "703")]
    [InlineData("abs(-3)", "3")]
    [InlineData("min(3, 1.5, 2)", "1.5")]
    [InlineData("max(3,5)", "5")]
    [InlineData("max(3;5)", "5")]
    [InlineData("Max(1,max(2,3)x2)", "6")]
    [InlineData("sqrt(16)", "4")]
    [InlineData("sqrt(2)", "1.4142135623731")]
    [InlineData("sqrt(2)^2", "2")]
    [InlineData("sqrt(2e20)", "14142135623.731")]
    [InlineData("sqrt(1)", "1")]
    [InlineData("sqrt(3)", "1.73205080756888")]
    [InlineData("sqrt(10^60+1)", "1000000000000000000000000000000")]
    [InlineData("sqrt(0)", "0")]
    [InlineData("sqrt(1/4)", "0.5")]
    [InlineData("sqrt(1e-40)", "1e-20")]
    [InlineData("round(2.5)", "3")]
    [InlineData("round(-2.5)", "-3")]
    [InlineData("round(2.345, 2)", "2.35")]
    [InlineData("round(1234, -2)", "1200")]
    [InlineData("floor(-1.5)", "-2")]
    [InlineData("ceil(-1.5)", "-1")]
    [InlineData("ceil(1.2)", "2")]
    [InlineData("pow(2, 10)", "1024")]
    [InlineData("1/2^20", "0.00000095367431640625")]
    [InlineData("1/10^20", "1e-20")]
    [InlineData("10^20+1/2", "100000000000000000001")]
    [InlineData("-1/8", "-0.125")]
    public void AnExpression_HasThisValue(string expression, string expected) =>
        Calculator.Evaluate(expression).ShouldBe(new Calculation.Value(expected));

    [Theory]
    [InlineData("", "The expression is empty.")]
    [InlineData(" = ", "The expression is empty.")]
    [InlineData("1/0", "Division by zero.")]
    [InlineData("1%0", "Division by zero.")]
    [InlineData("0^-1", "Division by zero.")]
    [InlineData("2+", "A number is missing at position 3.")]
    [InlineData("15%", "A number is missing at position 4.")]
    [InlineData("2 3", "Unexpected '3' at position 3.")]
    [InlineData("2)", "Unexpected ')' at position 2.")]
    [InlineData("(2", "')' is missing at position 3.")]
    [InlineData("*2", "Unexpected '*' at position 1.")]
    [InlineData("foo(1)", "Unknown name 'foo' at position 1.")]
    [InlineData("1+import", "Unknown name 'import' at position 3.")]
    [InlineData("sqrt", "'(' is missing at position 5.")]
    [InlineData("abs(1,2)", "abs does not take 2 arguments at position 1.")]
    [InlineData("1,234", "'1,234' is ambiguous (write 1.234 or 1234) at position 1.")]
    [InlineData("1,2,3", "'1,2' is ambiguous (write 1.2 or 12) at position 1.")]
    [InlineData("1.2.3", "Unexpected '.' at position 4.")]
    [InlineData("1e", "A digit is missing at position 3.")]
    [InlineData(".", "A digit is missing at position 2.")]
    [InlineData("sqrt(-1)", "The square root of a negative number is not a real number.")]
    [InlineData("(-8)^(1/3)", "A negative number to a broken exponent is not a real number.")]
    [InlineData("9^9^9", "The result is too large (more than 10000 digits).")]
    [InlineData("1e99999999999", "The result is too large (more than 10000 digits).")]
    [InlineData("1/3^9999", "The fraction is too long (more than 1000 digits).")]
    public void ABadExpression_SaysWhatIsWrong(string expression, string expected) =>
        Calculator.Evaluate(expression).ShouldBe(new Calculation.Fault(expected));

    [Theory]
    [InlineData(9_998, true)]
    [InlineData(9_999, true)]
    [InlineData(10_000, false)]
    public void Digits_HaveALimit(int exponent, bool fits)
    {
        var value = Calculator.Evaluate($"10^{exponent}");
        if (fits)
            value.ShouldBeOfType<Calculation.Value>().Text.Length.ShouldBe(exponent + 1);
        else
            value.ShouldBeOfType<Calculation.Fault>();
    }

    [Theory]
    [InlineData(1_023, true)]
    [InlineData(1_024, true)]
    [InlineData(1_025, false)]
    public void Length_HasALimit(int length, bool fits)
    {
        var value = Calculator.Evaluate(new string('1', length));
        (value is Calculation.Value).ShouldBe(fits);
    }

    [Theory]
    [InlineData('(', ')')]
    [InlineData('-', ' ')]
    public void Depth_HasALimit(char open, char close)
    {
        // The innermost operand is a level of its own.
        string Nested(int depth) => new string(open, depth - 1) + "1" + new string(close, depth - 1);
        Calculator.Evaluate(Nested(63)).ShouldBeOfType<Calculation.Value>();
        Calculator.Evaluate(Nested(64)).ShouldBeOfType<Calculation.Value>();
        Calculator.Evaluate(Nested(65)).ShouldBeOfType<Calculation.Fault>().Error.ShouldContain("nested too deeply");
    }

    [Fact]
    public void WholeNumbers_AreWorkedOutAsBigIntegerDoes() => Prop.ForAll((long a, long b, long c) =>
    {
        BigInteger x = a, y = b, z = c;
        return Whole($"({a})*({b})-({c})") == (x * y) - z
            && Whole($"({a})+({b})*({c})") == x + (y * z)
            && (c == 0 || Whole($"({a})%({c})") == BigInteger.Remainder(x, z))
            && (c == 0 || Whole($"({a})*({c})/({c})") == x);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void TheRootOfASquare_IsExact() => Prop.ForAll((ulong a, ulong b, byte exponent) =>
    {
        var root = (BigInteger)a * b * BigInteger.Pow(7, exponent);
        return Whole($"sqrt({root}^2)") == root && Whole($"floor(sqrt({root}^2+{root}))") == root
            && (root.IsZero || Whole($"floor(sqrt({root}^2-1))") == root - 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyText_HasAnOutcome() => Prop.ForAll(
        Gen.Elements("1", "23", ".", ",", "+", "-", "*", "/", "%", "^", "**", "(", ")", "x", "e", "sqrt(", "max(",
            "round(", " ", "9999", "÷", "q", "\0", "=", "1e300", "1e-300",
            "0").ListOf().Select(string.Concat).ToArbitrary(),
        text => Calculator.Evaluate(text) is not null)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithEndSize(40));

    [Fact]
    public void TheWorst_IsBounded()
    {
        string[] worst =
        [
            string.Join('*', Enumerable.Repeat("(1/7^300)", 100)),
            string.Join('+', Enumerable.Range(100, 200).Select(n => $"1/{n}")),
            string.Join('+', Enumerable.Repeat("10^9999", 125)),
            string.Concat(Enumerable.Repeat("sqrt(", 60)) + "10^9998+1" + new string(')', 60),
            string.Join('+', Enumerable.Repeat("sqrt(10^9998+1)", 60)),
        ];
        foreach (var expression in worst)
        {
            var start = Stopwatch.GetTimestamp();
            Calculator.Evaluate(expression);
            // A loose bound on a shared machine: without limits these would not end at all.
            Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(5), expression);
        }
    }

    private static BigInteger Whole(string expression) =>
        BigInteger.Parse(Calculator.Evaluate(expression).ShouldBeOfType<Calculation.Value>(expression).Text);
}
