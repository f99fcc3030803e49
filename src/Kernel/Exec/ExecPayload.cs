using AgenticOS.Kernel.Generation;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.Kernel.Exec;

/// <summary>What an EXEC carries: hints, then the prompt.</summary>
/// <param name="Hints">What the client asked for besides the prompt.</param>
/// <param name="Prompt">The rest, as the client wrote it; not blank.</param>
public sealed record ExecPayload(ExecHints Hints, string Prompt)
{
    /// <summary><c>payload = *( hint ";" ) prompt</c>, <c>hint = key "=" value</c> on one line. Only a leading run of
    /// known keys is read as hints; the first thing that is none begins the prompt, so <c>x=1; print(x)</c> is a
    /// prompt. A known key with a bad value, a repeated key and an empty prompt are refused. Blanks around hints are
    /// dropped; a prompt without hints before it is not touched.</summary>
    public static ExecReading Parse(string payload)
    {
        var hints = ExecHints.None;
        var generation = GenerationChange.None;
        var rest = payload.AsSpan();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (ExecHintKeys.TrySplit(rest, out var key, out var value, out var after))
        {
            string? error;
            if (GenerationKeys.IsKnown(key))
            {
                if (!GenerationKeys.TryAssign(key, value, ref generation, out error))
                    return new ExecReading.Refused(error);
            }
            else if (!seen.Add(key.ToString()))
            {
                return new ExecReading.Refused($"{key} is set twice.");
            }
            else if (!ExecHintKeys.TryAssign(key, value, ref hints, out error))
            {
                return new ExecReading.Refused(error);
            }

            rest = after.TrimStart();
        }

        return rest.IsWhiteSpace()
            ? new ExecReading.Refused("The prompt is empty.")
            : new ExecReading.Read(new ExecPayload(hints with { Generation = generation }, rest.ToString()));
    }
}

/// <summary>What came of reading the payload of an EXEC.</summary>
public abstract record ExecReading
{
    private ExecReading()
    {
    }

    /// <summary>It could be read.</summary>
    public sealed record Read(ExecPayload Payload) : ExecReading;

    /// <summary>It could not; <paramref name="Error"/> is one line for the client.</summary>
    public sealed record Refused(string Error) : ExecReading;
}

/// <summary>What a client asked for besides the prompt; null and <see cref="GenerationChange.None"/> where it said
/// nothing.</summary>
public sealed record ExecHints
{
    /// <summary>Nothing was asked for.</summary>
    public static readonly ExecHints None = new();

    /// <summary>What the process is to be good at; chooses a model when none is named.</summary>
    public Capability? Capability { get; init; }

    /// <summary>The model to run on, as the client names it.</summary>
    public string? Model { get; init; }

    /// <summary>How urgent it is.</summary>
    public ProcessPriority? Priority { get; init; }

    /// <summary>What happens when the last listener goes away.</summary>
    public DisconnectRule? OnDisconnect { get; init; }

    /// <summary>Waits for further user turns instead of ending.</summary>
    public bool? Interactive { get; init; }

    /// <summary>Generation settings for this process alone.</summary>
    public GenerationChange Generation { get; init; } = GenerationChange.None;
}

/// <summary>What a process is to be good at.</summary>
public enum Capability
{
    /// <summary>Answers soon.</summary>
    Fast,

    /// <summary>Writes programs.</summary>
    Code,

    /// <summary>Thinks long.</summary>
    Reasoning,

    /// <summary>Everything a little.</summary>
    General,
}

/// <summary>What happens to a process when its last listener goes away.</summary>
public enum DisconnectRule
{
    /// <summary>It is ended.</summary>
    Kill,

    /// <summary>It goes on.</summary>
    Continue,
}
