namespace AgenticOS.Protocol;

/// <summary>The code of an <c>-ERR</c> reply: the closed set of the protocol.</summary>
public enum ErrorCode
{
    /// <summary>Our fault: the log has the cause.</summary>
    Internal,

    /// <summary>The header line is not <c>VERB AGENT LEN</c> with a verb of ours.</summary>
    BadHeader,

    /// <summary>LEN is over the limit; the body was not read.</summary>
    TooLarge,

    /// <summary>A payload that must be text is not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>A verb of the protocol that this server does not carry out.</summary>
    NotSupported,

    /// <summary>A limit of the server is reached; try again later.</summary>
    Busy,

    /// <summary>The server or the peer's place does not allow it.</summary>
    Forbidden,

    /// <summary>AUTH must come first.</summary>
    AuthRequired,

    /// <summary>AUTH with a wrong token.</summary>
    AuthFailed,

    /// <summary>LOAD: which model is meant is not clear, or it lies outside the model folders.</summary>
    ModelSelector,

    /// <summary>LOAD: the model could not be loaded.</summary>
    LoadFailed,

    /// <summary>SELECT_MODEL without an id.</summary>
    MissingModelId,

    /// <summary>SELECT_MODEL: no such model.</summary>
    ModelNotFound,

    /// <summary>MODEL_INFO: no such model, or none is selected.</summary>
    ModelInfo,

    /// <summary>EXEC: no model is loaded.</summary>
    NoModel,

    /// <summary>EXEC: the process could not be started.</summary>
    SpawnFailed,

    /// <summary>EXEC: the prompt does not fit.</summary>
    MemoryAdmission,

    /// <summary>TERM or KILL without a PID.</summary>
    MissingPid,

    /// <summary>TERM or KILL with something that is no PID.</summary>
    InvalidPid,

    /// <summary>The agent has no such process.</summary>
    PidNotFound,

    /// <summary>STATUS with something that is no PID.</summary>
    StatusInvalid,

    /// <summary>SET_GEN: nothing was changed.</summary>
    SetGenInvalid,

    /// <summary>MEMW: the payload cannot be read.</summary>
    MemwInvalid,

    /// <summary>MEMW: the values could not be written.</summary>
    MemwFailed,

    /// <summary>SET_PRIORITY: no such priority.</summary>
    PriorityInvalid,

    /// <summary>GET_QUOTA or SET_QUOTA: the payload cannot be read.</summary>
    QuotaInvalid,
}

/// <summary>The error codes as they are written on the wire.</summary>
public static class ErrorCodes
{
    private static readonly string[] Wire =
    [
        "INTERNAL", "BAD_HEADER", "TOO_LARGE", "INVALID_UTF8", "NOT_SUPPORTED", "BUSY", "FORBIDDEN", "AUTH_REQUIRED",
        "AUTH_FAILED", "MODEL_SELECTOR", "LOAD_FAILED", "MISSING_MODEL_ID", "MODEL_NOT_FOUND", "MODEL_INFO", "NO_MODEL",
        "SPAWN_FAILED", "MEMORY_ADMISSION", "MISSING_PID", "INVALID_PID", "PID_NOT_FOUND", "STATUS_INVALID",
        "SET_GEN_INVALID", "MEMW_INVALID", "MEMW_FAILED", "PRIORITY_INVALID", "QUOTA_INVALID",
    ];

    /// <summary>The code in capitals, as the reply carries it.</summary>
    public static string ToWire(this ErrorCode code) => Wire[(int)code];

    /// <summary>Reads a code as it is written on the wire; false when it is none of ours.</summary>
    public static bool TryParse(string wire, out ErrorCode code)
    {
        var index = Array.IndexOf(Wire, wire);
        code = index < 0 ? ErrorCode.Internal : (ErrorCode)index;
        return index >= 0;
    }
}
