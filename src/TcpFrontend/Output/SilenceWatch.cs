namespace AgenticOS.TcpFrontend.Output;

/// <summary>When to ask after a process that says nothing, and when to give it up. Not for two threads at
/// once.</summary>
internal sealed class SilenceWatch
{
    private const int SlowestFactor = 4;

    private readonly TimeProvider _time;
    private readonly FrontendOptions _options;
    private long _heardAt;
    private long? _unreachableSince;
    private TimeSpan _patience;

    public SilenceWatch(FrontendServices services)
    {
        _time = services.Time;
        _options = services.Options;
        Heard();
    }

    /// <summary>Whether the process was silent for so long that it should be asked.</summary>
    public bool IsDue => _time.GetElapsedTime(_heardAt) >= _patience;

    /// <summary>It has said something.</summary>
    public void Heard()
    {
        _heardAt = _time.GetTimestamp();
        _unreachableSince = null;
        _patience = _options.SilenceCheck;
    }

    /// <summary>It answered that it has nothing to say: next time it is asked later, up to four times as
    /// late.</summary>
    public void NothingNew()
    {
        var patience = _patience * 2;
        Heard();
        _patience = TimeSpan.FromTicks(Math.Min(patience.Ticks, _options.SilenceCheck.Ticks * SlowestFactor));
    }

    /// <summary>It did not answer; true when it did not for so long that it is lost.</summary>
    public bool Unreachable()
    {
        _heardAt = _time.GetTimestamp();
        _unreachableSince ??= _heardAt;
        return _time.GetElapsedTime(_unreachableSince.Value, _heardAt) >= _options.LostAfter;
    }
}
