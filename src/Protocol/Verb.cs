using System.Text;

namespace AgenticOS.Protocol;

/// <summary>Every verb that a command can carry: the closed set of the protocol, v1 and v2.</summary>
public enum Verb
{
    /// <summary>No verb of ours.</summary>
    Unknown,

    /// <summary>Is anybody there?</summary>
    Ping,

    /// <summary>Loads a model.</summary>
    Load,

    /// <summary>Lists the models of the cluster.</summary>
    ListModels,

    /// <summary>Selects the model that LOAD and EXEC mean without a name.</summary>
    SelectModel,

    /// <summary>Describes one model.</summary>
    ModelInfo,

    /// <summary>Starts a process.</summary>
    Exec,

    /// <summary>The frontend and the agent, or one process.</summary>
    Status,

    /// <summary>Ends a process at its next step.</summary>
    Term,

    /// <summary>Ends a process at once.</summary>
    Kill,

    /// <summary>Changes the agent's generation settings.</summary>
    SetGen,

    /// <summary>Reads the agent's generation settings.</summary>
    GetGen,

    /// <summary>Stops the host.</summary>
    Shutdown,

    /// <summary>Writes into a process's memory.</summary>
    Memw,

    /// <summary>Changes a process's priority.</summary>
    SetPriority,

    /// <summary>Reads a process's quota.</summary>
    GetQuota,

    /// <summary>Changes a process's quota.</summary>
    SetQuota,

    /// <summary>Proves who asks.</summary>
    Auth,

    /// <summary>Asks for a version of the protocol.</summary>
    Hello,

    /// <summary>Streams a process's output from an offset.</summary>
    Attach,

    /// <summary>Stops streaming a process's output.</summary>
    Detach,

    /// <summary>The process table of the cluster.</summary>
    Ps,

    /// <summary>The silos of the cluster.</summary>
    Nodes,

    /// <summary>A further user turn to a process.</summary>
    Send,

    /// <summary>Suspends a process.</summary>
    Stop,

    /// <summary>Resumes a suspended process.</summary>
    Cont,

    /// <summary>A child that shares its parent's context.</summary>
    Fork,

    /// <summary>Saves a process.</summary>
    Checkpoint,

    /// <summary>Starts a saved process again.</summary>
    Restore,

    /// <summary>Moves a running process.</summary>
    Migrate,

    /// <summary>Frees a model.</summary>
    Unload,

    /// <summary>Empties a node.</summary>
    Drain,

    /// <summary>Prometheus text.</summary>
    Metrics,
}

/// <summary>The verbs as they are written on the wire.</summary>
public static class Verbs
{
    private static readonly string[] Wire =
    [
        "", "PING", "LOAD", "LIST_MODELS", "SELECT_MODEL", "MODEL_INFO", "EXEC", "STATUS", "TERM", "KILL", "SET_GEN",
        "GET_GEN", "SHUTDOWN", "MEMW", "SET_PRIORITY", "GET_QUOTA", "SET_QUOTA", "AUTH", "HELLO", "ATTACH", "DETACH",
        "PS", "NODES", "SEND", "STOP", "CONT", "FORK", "CHECKPOINT", "RESTORE", "MIGRATE", "UNLOAD", "DRAIN", "METRICS",
    ];

    /// <summary>The verb in capitals, as the header carries it; empty for <see cref="Verb.Unknown"/>.</summary>
    public static string ToWire(this Verb verb) => Wire[(int)verb];

    /// <summary>Reads a verb in any case; <see cref="Verb.Unknown"/> when it is none of ours.</summary>
    public static Verb Parse(ReadOnlySpan<byte> token)
    {
        for (var i = 1; i < Wire.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(token, Wire[i]))
                return (Verb)i;
        }

        return Verb.Unknown;
    }
}
