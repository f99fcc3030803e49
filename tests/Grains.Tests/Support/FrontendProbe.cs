using System.Collections.Concurrent;
using System.Text;
using AgenticOS.Grains.Output;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.Grains.Tests.Support;

/// <summary>Listens to a frontend's stream and keeps what comes, by ticket.</summary>
public sealed class FrontendProbe
{
    private readonly string _id = $"probe-{Guid.NewGuid():N}";
    private readonly ConcurrentDictionary<long, Heard> _heard = new();
    private long _tickets;

    private FrontendProbe()
    {
    }

    public static async Task<FrontendProbe> StartAsync(IClusterClient client)
    {
        var probe = new FrontendProbe();
        var stream = client.GetStreamProvider(OutputStreams.Provider)
            .GetStream<OutputBatch>(StreamId.Create(OutputStreams.Namespace, probe._id));
        await stream.SubscribeAsync((batch, _) =>
        {
            foreach (var item in batch.Items)
                probe._heard.GetOrAdd(item.Ticket, _ => new Heard()).Take(item);
            return Task.CompletedTask;
        });
        return probe;
    }

    public Ticket NewTicket()
    {
        var route = new OutputRoute(_id, Interlocked.Increment(ref _tickets));
        return new Ticket(route, _heard.GetOrAdd(route.Ticket, _ => new Heard()));
    }
}

/// <summary>A route before its process has a PID.</summary>
public sealed record Ticket(OutputRoute Route, Heard Heard)
{
    public Listening Of(long pid) => new(pid, Route, Heard);
}

/// <summary>A process that is listened to.</summary>
public sealed record Listening(long Pid, OutputRoute Route, Heard Heard)
{
    /// <summary>Waits for the end and returns everything said before it.</summary>
    public async Task<(string Text, ProcessEnd End)> EndAsync()
    {
        var end = await Heard.Ended.WaitAsync(Patience.Bound);
        return (Heard.Text, end);
    }
}

/// <summary>What was heard of one process. Any fault in order or count of items is kept and thrown at whoever
/// asks.</summary>
public sealed class Heard
{
    private readonly Lock _gate = new();
    private readonly List<byte> _bytes = [];
    private readonly TaskCompletionSource<ProcessEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(int Length, TaskCompletionSource Reached)> _waiting = [];
    private string? _fault;

    public Task<ProcessEnd> Ended => _ended.Task;

    /// <summary>End items that came.</summary>
    public int Ends { get; private set; }

    public string Text
    {
        get
        {
            lock (_gate)
            {
                _fault.ShouldBeNull();
                return Encoding.UTF8.GetString([.. _bytes]);
            }
        }
    }

    /// <summary>Waits until that many bytes came.</summary>
    public Task ReachedAsync(int length)
    {
        lock (_gate)
        {
            if (_bytes.Count >= length)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((length, reached));
            return reached.Task.WaitAsync(Patience.Bound);
        }
    }

    public void Take(OutputItem item)
    {
        lock (_gate)
        {
            if (item.Offset != _bytes.Count)
                _fault ??= $"PID {item.Pid}: offset {item.Offset}, expected {_bytes.Count}";
            if (Ends > 0)
                _fault ??= $"PID {item.Pid}: an item after the end";
            _bytes.AddRange(item.Bytes.Span);
            foreach (var (_, reached) in _waiting.Where(wait => _bytes.Count >= wait.Length))
                reached.TrySetResult();
            if (item.End is null)
                return;
            Ends++;
            _ended.TrySetResult(item.End);
        }
    }
}
