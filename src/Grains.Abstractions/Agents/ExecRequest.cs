using AgenticOS.Grains.Output;

namespace AgenticOS.Grains.Agents;

/// <summary>An EXEC as the client sent it.</summary>
/// <param name="Payload">Optional <c>key=value;</c> hints, then the prompt.</param>
/// <param name="Route">Where the output goes.</param>
/// <param name="Client">Who asked, for logs.</param>
[GenerateSerializer, Immutable, Alias("agenticos.exec-request")]
public sealed record ExecRequest(
    [property: Id(0)] string Payload,
    [property: Id(1)] OutputRoute Route,
    [property: Id(2)] string Client);

/// <summary>The outcome of an EXEC: a PID, or the error to answer with.</summary>
/// <param name="Pid">The new process; 0 when <paramref name="Refusal"/> is set.</param>
/// <param name="KillOnDisconnect">The process asked to be ended when its client goes away.</param>
/// <param name="Refusal">Why nothing was started: NO_MODEL, SPAWN_FAILED, MEMORY_ADMISSION or BUSY.</param>
[GenerateSerializer, Immutable, Alias("agenticos.exec-reply")]
public sealed record ExecReply(
    [property: Id(0)] long Pid,
    [property: Id(1)] bool KillOnDisconnect,
    [property: Id(2)] Refusal? Refusal);

/// <summary>The outcome of a SET_GEN.</summary>
/// <param name="Settings">The settings in force after the call, as GET_GEN prints them.</param>
/// <param name="Refusal">SET_GEN_INVALID when nothing was changed.</param>
[GenerateSerializer, Immutable, Alias("agenticos.settings-reply")]
public sealed record SettingsReply([property: Id(0)] string Settings, [property: Id(1)] Refusal? Refusal);
