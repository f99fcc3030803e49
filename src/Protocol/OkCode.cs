namespace AgenticOS.Protocol;

/// <summary>The code of a <c>+OK</c> reply: the closed set of the protocol.</summary>
public enum OkCode
{
    /// <summary>LOAD, LIST_MODELS, SELECT_MODEL, MODEL_INFO and EXEC.</summary>
    Generic,

    /// <summary>PING.</summary>
    Ping,

    /// <summary>STATUS.</summary>
    Status,

    /// <summary>TERM.</summary>
    Term,

    /// <summary>KILL.</summary>
    Kill,

    /// <summary>SET_GEN.</summary>
    SetGen,

    /// <summary>GET_GEN.</summary>
    GetGen,

    /// <summary>MEMW.</summary>
    Memw,

    /// <summary>SET_PRIORITY.</summary>
    SetPriority,

    /// <summary>GET_QUOTA.</summary>
    GetQuota,

    /// <summary>SET_QUOTA.</summary>
    SetQuota,

    /// <summary>AUTH.</summary>
    Auth,

    /// <summary>SHUTDOWN.</summary>
    Shutdown,
}

/// <summary>The success codes as they are written on the wire.</summary>
public static class OkCodes
{
    private static readonly string[] Wire =
    [
        "GENERIC", "PING", "STATUS", "TERM", "KILL", "SET_GEN", "GET_GEN", "MEMW", "SET_PRIORITY", "GET_QUOTA",
        "SET_QUOTA", "AUTH", "SHUTDOWN",
    ];

    /// <summary>The code in capitals, as the reply carries it.</summary>
    public static string ToWire(this OkCode code) => Wire[(int)code];
}
