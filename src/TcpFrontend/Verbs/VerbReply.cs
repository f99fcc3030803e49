using AgenticOS.Grains;
using AgenticOS.Protocol;

namespace AgenticOS.TcpFrontend.Verbs;

/// <summary>The one answer to a command.</summary>
internal sealed class VerbReply
{
    private VerbReply(OkCode ok, ErrorCode error, string text, bool isOk, Func<Task>? then)
    {
        OkCode = ok;
        ErrorCode = error;
        Text = text;
        IsOk = isOk;
        Then = then;
    }

    public bool IsOk { get; }

    public OkCode OkCode { get; }

    public ErrorCode ErrorCode { get; }

    public string Text { get; }

    /// <summary>What happens once the answer stands in the outbox, before the next command.</summary>
    public Func<Task>? Then { get; }

    public static VerbReply Ok(OkCode code, string text, Func<Task>? then = null) =>
        new(code, default, text, true, then);

    public static VerbReply Error(ErrorCode code, string message) => new(default, code, message, false, null);

    /// <summary>Passes on a refusal of the kernel; <paramref name="fallback"/> where its code is none of the
    /// protocol's.</summary>
    public static VerbReply Refused(Refusal refusal, ErrorCode fallback) =>
        Error(ErrorCodes.TryParse(refusal.Code, out var code) ? code : fallback, refusal.Message);
}
