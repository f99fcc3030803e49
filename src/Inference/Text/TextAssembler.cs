namespace AgenticOS.Inference.Text;

/// <summary>
/// Makes text of the bytes of tokens: whole characters only, nothing of a stop string, and held back no longer than
/// either may take. What it releases in all does not depend on how the bytes were cut into tokens.
/// </summary>
internal sealed class TextAssembler(StopStrings stops)
{
    private const int FirstSize = 256;
    private byte[] _text = new byte[FirstSize];
    private Utf8Repair _repair;
    private int _released;
    private int _looked;
    private int _brokenOff;
    private int _length;

    /// <summary>Whether a stop string came; nothing is released after it.</summary>
    internal bool Stopped { get; private set; }

    /// <summary>Takes in the bytes of a token and returns the text to release, valid until the next call.</summary>
    /// <param name="piece">The token's bytes.</param>
    /// <param name="last">Nothing follows: hold nothing back.</param>
    internal ReadOnlySpan<byte> Add(ReadOnlySpan<byte> piece, bool last)
    {
        DropReleased();
        Reserve(Utf8Repair.Room(piece.Length));
        _length += _repair.Write(piece, _text.AsSpan(_length));
        if (last)
            _length += _repair.Finish(_text.AsSpan(_length));
        ReadOnlySpan<byte> text = _text.AsSpan(0, _length);
        int stop = stops.FirstStart(text[_brokenOff..], Math.Max(0, _looked - _brokenOff));
        Stopped = stop >= 0;
        if (Stopped)
            _length = _brokenOff + stop;
        _released = Stopped || last ? _length : _length - stops.OpenLength(text[_brokenOff..]);
        _looked = _length;
        return _text.AsSpan(0, _released);
    }

    /// <summary>
    /// What comes next does not continue what is held: a half character is ill-formed and half a stop string is text.
    /// Both are released with the next piece.
    /// </summary>
    internal void BreakOff()
    {
        DropReleased();
        Reserve(Utf8Repair.Room(0));
        _length += _repair.Finish(_text.AsSpan(_length));
        _brokenOff = _length;
        Stopped = false;
    }

    private void DropReleased()
    {
        _text.AsSpan(_released.._length).CopyTo(_text);
        _length -= _released;
        _looked = Math.Max(0, _looked - _released);
        _brokenOff = Math.Max(0, _brokenOff - _released);
        _released = 0;
    }

    private void Reserve(int room)
    {
        if (_text.Length < _length + room)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + room));
    }
}
