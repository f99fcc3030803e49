namespace AgenticOS.TcpFrontend;

/// <summary>What this frontend did since it started. Safe from any thread; each figure by itself is exact.</summary>
public sealed class FrontendCounters
{
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly long[] _counts = new long[Enum.GetValues<FrontendCount>().Length];

    /// <summary>Starts the clock of <see cref="Uptime"/>.</summary>
    public FrontendCounters(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _startedAt = time.GetTimestamp();
    }

    /// <summary>Since this frontend started.</summary>
    public TimeSpan Uptime => _time.GetElapsedTime(_startedAt);

    /// <summary>From the emission of a batch on its silo until the flush that carried it to a client's socket returned.
    /// Only batches of this machine count: clocks of others cannot be compared.</summary>
    public LatencyHistogram EmitToSocket { get; } = new();

    /// <summary>One figure.</summary>
    public long this[FrontendCount count] => Interlocked.Read(ref _counts[(int)count]);

    /// <summary>Adds to a figure.</summary>
    public void Add(FrontendCount count, long amount = 1) => Interlocked.Add(ref _counts[(int)count], amount);
}

/// <summary>What a frontend counts.</summary>
public enum FrontendCount
{
    /// <summary>Commands and refused headers.</summary>
    Commands,

    /// <summary>Those answered with <c>-ERR</c>.</summary>
    Errors,

    /// <summary>Processes started.</summary>
    ExecStarted,

    /// <summary>Signals delivered.</summary>
    Signals,

    /// <summary>Connections accepted.</summary>
    ConnectionsAccepted,

    /// <summary>Connections turned away at the limit.</summary>
    ConnectionsRefused,

    /// <summary>Connections cut off because their reader stayed behind.</summary>
    SlowReaders,

    /// <summary>Connections closed because they said nothing.</summary>
    IdleConnections,

    /// <summary>Output items that had been seen already.</summary>
    DuplicateItems,

    /// <summary>Gaps in the output of a process.</summary>
    Gaps,

    /// <summary>Times a process's log was asked for what is missing or whether the process lives, answered or
    /// not.</summary>
    LogReads,

    /// <summary>Output items for a ticket that nobody listens to.</summary>
    UnknownTickets,

    /// <summary>Processes given up because their node is lost.</summary>
    LostProcesses,

    /// <summary>Heartbeats sent.</summary>
    Heartbeats,
}
