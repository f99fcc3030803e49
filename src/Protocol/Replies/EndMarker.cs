using System.Buffers;
using System.Globalization;
using System.Text;

namespace AgenticOS.Protocol.Replies;

/// <summary>The last frame of a process, a text of its own:
/// <c>\n[PROCESS_FINISHED pid=1 reason=killed tokens=12 elapsed_s=3.142]\n</c>. Existing clients look for its
/// start.</summary>
/// <param name="Pid">The process.</param>
/// <param name="Reason">Why it ended, as <c>ProcessEndReasons.ToWire</c> writes it; empty where a server does not
/// say.</param>
/// <param name="Tokens">Generated tokens; null where who ends it cannot know, and then the field is left out.</param>
/// <param name="ElapsedSeconds">From EXEC to the end.</param>
public sealed record EndMarker(long Pid, string Reason, int? Tokens, double ElapsedSeconds)
{
    private const string Start = "\n[PROCESS_FINISHED pid=";
    private const string Stop = "]\n";
    private const int LongestBytes = 256;

    /// <summary>The marker as it stands in its frame, with a newline before and behind.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Start}{Pid} reason={Reason}{(Tokens is { } n ? $" tokens={n}" : "")} elapsed_s={ElapsedSeconds:F3}{Stop}");

    /// <summary>Reads a whole DATA payload as a marker; false when it is ordinary output. Fields it does not know are
    /// passed over, and all but the PID may be missing.</summary>
    public static bool TryParse(in ReadOnlySequence<byte> payload, out EndMarker marker)
    {
        marker = new EndMarker(0, "", null, 0);
        if (payload.Length > LongestBytes || payload.Length < Start.Length + Stop.Length)
            return false;
        var text = Encoding.UTF8.GetString(payload);
        var isMarker = text.StartsWith(Start, StringComparison.Ordinal)
            && text.EndsWith(Stop, StringComparison.Ordinal);
        if (!isMarker)
            return false;
        foreach (var field in text[(Start.Length - "pid=".Length)..^Stop.Length].Split(' '))
            marker = marker.With(field);
        return marker.Pid > 0;
    }

    private EndMarker With(string field)
    {
        var equals = field.IndexOf('=', StringComparison.Ordinal);
        var value = field[(equals + 1)..];
        return (equals < 0 ? "" : field[..equals]) switch
        {
            "pid" when long.TryParse(value, NumberStyles.None, null, out var pid) => this with { Pid = pid },
            "reason" => this with { Reason = value },
            "tokens" when int.TryParse(value, NumberStyles.None, null, out var tokens) => this with { Tokens = tokens },
            "elapsed_s" when double.TryParse(value, CultureInfo.InvariantCulture, out var seconds) =>
                this with { ElapsedSeconds = seconds },
            _ => this,
        };
    }
}
