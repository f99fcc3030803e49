using System.Text;

namespace AgenticOS.Kernel.Syscalls;

/// <summary>Finds system calls in generated text as it comes, piece by piece; pieces may be cut anywhere, within
/// characters too. One scanner per process. Text without double brackets costs one search per piece and no memory.
/// <para><c>call = "[[" NAME *blank [":" args] "]]"</c>. Brackets inside the arguments are counted, so <c>a[b[0]]</c>
/// may stand there; between two <c>```</c> fences nothing is read. Text that turns out to be no call (an unknown name,
/// too long an argument) is plain text from there on.</para></summary>
public sealed class SyscallScanner
{
    private const byte Open = (byte)'[';
    private const byte Close = (byte)']';
    private const byte Tick = (byte)'`';
    private const int FenceTicks = 3;
    private const int FirstBuffer = 256;

    private readonly SyscallGrammar _grammar;
    private readonly byte[] _nameBytes = new byte[SyscallLimits.NameLength];
    private byte[] _arguments = [];
    private Phase _phase;
    private int _length;
    private string _name = "";
    private int _depth;
    private int _ticks;
    private bool _isFenced;

    /// <summary>A scanner at the start of a text.</summary>
    public SyscallScanner(SyscallGrammar grammar) => _grammar = grammar;

    private enum Phase : byte
    {
        /// <summary>Nothing is open.</summary>
        Text,

        /// <summary>One bracket was seen.</summary>
        OneBracket,

        /// <summary>Two were seen; the name is being read.</summary>
        Name,

        /// <summary>The name is complete and blanks follow.</summary>
        AfterName,

        /// <summary>The first closing bracket was seen right after the name.</summary>
        NameClosing,

        /// <summary>Between colon and closing brackets.</summary>
        Arguments,

        /// <summary>A closing bracket was seen in the arguments, outside of any that were opened there.</summary>
        ArgumentsClosing,
    }

    /// <summary>True while a call of a known name is open: at the end of the text it is an unterminated one.</summary>
    public bool IsOpen => _phase is Phase.AfterName or Phase.NameClosing or Phase.Arguments or Phase.ArgumentsClosing;

    /// <summary>Reads a piece up to the end of the first call in it.</summary>
    /// <param name="piece">The next bytes of the text.</param>
    /// <param name="consumed">How many of them were read: all, or up to and with the call's closing brackets.</param>
    /// <returns>The call that was completed, or null. After a call, feed the rest of the piece again.</returns>
    public Syscall? Feed(ReadOnlySpan<byte> piece, out int consumed)
    {
        consumed = 0;
        while (consumed < piece.Length)
        {
            if (_phase == Phase.Text)
            {
                var next = piece[consumed..].IndexOf(Open);
                if (next < 0)
                {
                    consumed = piece.Length;
                    return null;
                }

                consumed += next;
            }

            if (Step(piece[consumed++]))
                return Complete();
        }

        return null;
    }

    /// <summary>Forgets what is open, as at the end of a turn.</summary>
    public void Reset() => _phase = Phase.Text;

    /// <summary>Reads one byte; true when it completes a call.</summary>
    private bool Step(byte value)
    {
        switch (_phase)
        {
            case Phase.Text:
                _phase = value == Open ? Phase.OneBracket : Phase.Text;
                return false;
            case Phase.OneBracket:
                _phase = value == Open ? Phase.Name : Phase.Text;
                _length = 0;
                return false;
            case Phase.Name:
                StepName(value);
                return false;
            case Phase.AfterName:
                StepAfterName(value);
                return false;
            case Phase.NameClosing:
                if (value == Close)
                    return true;
                ToText(value);
                return false;
            default:
                return StepArguments(value);
        }
    }

    private void StepName(byte value)
    {
        if (SyscallGrammar.IsNameByte(value) && _length < _nameBytes.Length)
        {
            _nameBytes[_length++] = value;
            return;
        }

        // A third bracket: the last two may still open a call.
        if (value == Open && _length == 0)
            return;
        if (_grammar.Find(_nameBytes.AsSpan(0, _length)) is not { } name)
        {
            ToText(value);
            return;
        }

        _name = name;
        _length = 0;
        _phase = Phase.AfterName;
        StepAfterName(value);
    }

    private void StepAfterName(byte value)
    {
        if (value == (byte)':')
            (_phase, _depth, _ticks, _isFenced) = (Phase.Arguments, 0, 0, false);
        else if (value == Close)
            _phase = Phase.NameClosing;
        else if (value is not ((byte)' ' or (byte)'\t'))
            ToText(value);
    }

    private bool StepArguments(byte value)
    {
        if (_phase == Phase.ArgumentsClosing && value == Close)
            return true;
        if (_phase == Phase.ArgumentsClosing)
        {
            // A lone closing bracket that closes nothing is part of the argument.
            _phase = Phase.Arguments;
            if (!Append(Close))
            {
                ToText(value);
                return false;
            }
        }

        CountFence(value);
        if (!_isFenced && value == Close && _depth == 0)
        {
            _phase = Phase.ArgumentsClosing;
            return false;
        }

        if (!_isFenced)
            _depth += value == Open ? 1 : value == Close ? -1 : 0;
        if (!Append(value))
            ToText(value);
        return false;
    }

    private void CountFence(byte value)
    {
        _ticks = value == Tick ? _ticks + 1 : 0;
        if (_ticks != FenceTicks)
            return;
        _isFenced = !_isFenced;
        _ticks = 0;
    }

    /// <summary>Adds a byte to the argument; false when it is full.</summary>
    private bool Append(byte value)
    {
        if (_length == SyscallLimits.ArgumentBytes)
            return false;
        if (_length == _arguments.Length)
            Array.Resize(ref _arguments, Math.Clamp(_length * 2, FirstBuffer, SyscallLimits.ArgumentBytes));
        _arguments[_length++] = value;
        return true;
    }

    private void ToText(byte value) => _phase = value == Open ? Phase.OneBracket : Phase.Text;

    private Syscall Complete()
    {
        var arguments = _phase == Phase.ArgumentsClosing
            ? Encoding.UTF8.GetString(_arguments.AsSpan(0, _length)).Trim()
            : "";
        _phase = Phase.Text;
        return new Syscall(_name, arguments);
    }
}
