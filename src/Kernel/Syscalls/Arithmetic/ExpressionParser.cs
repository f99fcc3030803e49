namespace AgenticOS.Kernel.Syscalls.Arithmetic;

/// <summary>A Pratt parser that works the expression out as it reads it. One use per instance; throws
/// <see cref="CalculationException"/> and nothing else.</summary>
internal sealed class ExpressionParser
{
    private const int SumPower = 1;
    private const int ProductPower = 2;
    private const int SignPower = 3;
    private const int ExponentPower = 4;

    private readonly NumberReader _numbers;
    private readonly string _text;
    private int _at;
    private int _depth;
    private int _calls;

    public ExpressionParser(string text)
    {
        _text = text;
        _numbers = new NumberReader(text);
    }

    /// <summary>The value of the whole text.</summary>
    public Fraction Evaluate()
    {
        var value = Expression(0);
        SkipBlanks();
        return _at == _text.Length ? value : throw Unexpected();
    }

    /// <summary>Reads an operand and all operators that bind at least as strongly as
    /// <paramref name="power"/>.</summary>
    private Fraction Expression(int power)
    {
        if (++_depth > SyscallLimits.ExpressionDepth)
            throw CalculationException.Syntax("The expression is nested too deeply", _at);
        var value = Operand();
        while (TryOperator(out var sign, out var length) && PowerOf(sign) is var own && own >= Math.Max(1, power))
        {
            _at += length;
            // An exponent's own right side may be a sign or another exponent: 2^-1, 2^3^2.
            var right = Expression(sign == '^' ? SignPower : own + 1);
            value = Apply(sign, value, right);
        }

        _depth--;
        return value;
    }

    private Fraction Operand()
    {
        SkipBlanks();
        if (_at == _text.Length)
            throw CalculationException.Syntax("A number is missing", _at);
        var first = _text[_at];
        if (NumberReader.Starts(first))
            return _numbers.Read(ref _at, isCommaSeparator: _calls > 0);
        if (char.IsAsciiLetter(first))
            return Call();
        _at++;
        switch (first)
        {
            case '+':
                return Expression(SignPower);
            case '-' or '−' or '–':
                return -Expression(SignPower);
            case '(':
                var value = Expression(0);
                Expect(')');
                return value;
            default:
                _at--;
                throw Unexpected();
        }
    }

    private Fraction Call()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiLetterOrDigit(_text[_at]))
            _at++;
        var name = _text[start.._at].ToLowerInvariant();
        if (!Functions.IsKnown(name))
            throw CalculationException.Syntax($"Unknown name '{Texts.Clip(name)}'", start);
        Expect('(');
        _calls++;
        var arguments = new List<Fraction> { Expression(0) };
        while (TryTake(',') || TryTake(';'))
            arguments.Add(Expression(0));
        Expect(')');
        _calls--;
        return Functions.Apply(name, arguments, start);
    }

    private bool TryOperator(out char sign, out int length)
    {
        SkipBlanks();
        (sign, length) = ('\0', 1);
        if (_at == _text.Length)
            return false;
        sign = _text[_at] switch
        {
            '*' or '×' or '·' or '∙' or '⋅' or 'x' or 'X' => '*',
            '/' or '÷' or ':' => '/',
            '-' or '−' or '–' => '-',
            '+' => '+',
            '%' => '%',
            '^' => '^',
            _ => '\0',
        };
        if (_text.AsSpan(_at).StartsWith("**"))
            (sign, length) = ('^', 2);
        return sign != '\0';
    }

    private static int PowerOf(char sign) => sign switch
    {
        '+' or '-' => SumPower,
        '^' => ExponentPower,
        _ => ProductPower,
    };

    private static Fraction Apply(char sign, Fraction left, Fraction right) => sign switch
    {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        '/' => left / right,
        '%' => left % right,
        _ => Functions.Power(left, right),
    };

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private bool TryTake(char wanted)
    {
        SkipBlanks();
        if (_at == _text.Length || _text[_at] != wanted)
            return false;
        _at++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!TryTake(wanted))
            throw CalculationException.Syntax($"'{wanted}' is missing", _at);
    }

    private CalculationException Unexpected() =>
        CalculationException.Syntax($"Unexpected '{Texts.Clip(_text.AsSpan(_at, 1))}'", _at);
}
