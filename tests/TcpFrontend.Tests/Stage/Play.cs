using System.Collections.Concurrent;
using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Output;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.TcpFrontend.Tests.Stage;

/// <summary>What the scripted grains do, decided by the test: processes are made by EXEC and write what the test
/// says.</summary>
public sealed class Play
{
    private readonly ConcurrentDictionary<long, Actor> _actors = new();
    private long _lastPid = 100;

    public CatalogView Catalog { get; set; } = new(1, null, [], []);

    public ConcurrentQueue<long> CatalogReads { get; } = new();

    /// <summary>What EXEC answers for a payload; null starts a process.</summary>
    public ConcurrentDictionary<string, Func<Task<ExecReply>>> ExecAnswers { get; } = new();

    public Actor Start(string agent, ExecRequest request)
    {
        var actor = new Actor(Interlocked.Increment(ref _lastPid), agent, request);
        _actors[actor.Pid] = actor;
        return actor;
    }

    public Actor? Find(long pid) => _actors.GetValueOrDefault(pid);

    public void Forget(long pid) => _actors.TryRemove(pid, out _);

    public Actor[] Of(string agent) =>
        [.. _actors.Values.Where(a => a.Agent == agent && a.End is null).OrderBy(a => a.Pid)];
}

/// <summary>One scripted process and what was asked of it.</summary>
public sealed class Actor(long pid, string agent, ExecRequest request)
{
    private readonly Lock _gate = new();
    private readonly List<byte> _log = [];

    public long Pid { get; } = pid;

    public string Agent { get; } = agent;

    public ExecRequest Request { get; } = request;

    public ProcessEnd? End { get; private set; }

    public int LogReads { get; private set; }

    public Exception? LogFailure { get; set; }

    public ProcessState State { get; set; } = ProcessState.Running;

    public TaskCompletionSource<ProcessSignal> Signalled { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<OutputRoute> Unlistened { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Appends to the log and gives the item that the stream would carry.</summary>
    public OutputItem Write(string text)
    {
        lock (_gate)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            var item = new OutputItem(Request.Route.Ticket, Pid, _log.Count, bytes, null);
            _log.AddRange(bytes);
            return item;
        }
    }

    /// <summary>Ends the process and gives the item that the stream would carry.</summary>
    public OutputItem Finish(ProcessEndReason reason = ProcessEndReason.Finished)
    {
        lock (_gate)
        {
            End = new ProcessEnd(reason, 3, 1.5);
            return new OutputItem(Request.Route.Ticket, Pid, _log.Count, ReadOnlyMemory<byte>.Empty, End);
        }
    }

    public OutputSlice? Read(long from)
    {
        lock (_gate)
        {
            LogReads++;
            if (LogFailure is { } failure)
                throw failure;
            return from > _log.Count ? null : new OutputSlice(from, _log.Skip((int)from).ToArray(), End);
        }
    }
}
