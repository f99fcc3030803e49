using System.Threading.Channels;

namespace AgenticOS.Grains.Output;

/// <summary>What a lane says to a step it is offered.</summary>
internal enum Offered
{
    /// <summary>It will be sent.</summary>
    Taken,

    /// <summary>Too much waits already.</summary>
    Full,

    /// <summary>The lane has closed; open another.</summary>
    Closed,
}

/// <summary>The bounded queue of one frontend and the loop that empties it. While a batch is being sent the steps that
/// arrive gather, and leave joined as the next batch. Starts its loop at once; a lane with nothing to do for
/// <see cref="OutputLimits.IdlePublisher"/> closes itself.</summary>
internal sealed class FrontendLane
{
    private readonly Channel<StepItems> _steps = Channel.CreateBounded<StepItems>(
        new BoundedChannelOptions(OutputLimits.WaitingSteps) { SingleReader = true });
    private readonly Func<OutputItem[], long, Task> _send;
    private readonly Action<FrontendLane> _closed;
    private readonly TimeProvider _time;
    private readonly Lazy<Task> _loop;
    private volatile bool _isClosed;

    /// <param name="send">Sends one batch; never throws.</param>
    /// <param name="closed">Told when the lane takes no more, before its last batches leave.</param>
    /// <param name="time">Clock.</param>
    public FrontendLane(Func<OutputItem[], long, Task> send, Action<FrontendLane> closed, TimeProvider time)
    {
        _send = send;
        _closed = closed;
        _time = time;
        _loop = new Lazy<Task>(() => Task.Run(RunAsync));
    }

    /// <summary>Steps that wait.</summary>
    public int Waiting => _steps.Reader.Count;

    public Offered Offer(in StepItems step)
    {
        if (_steps.Writer.TryWrite(step))
        {
            _ = _loop.Value;
            return Offered.Taken;
        }
        return _isClosed ? Offered.Closed : Offered.Full;
    }

    /// <summary>Takes no more and completes when all that was taken is sent.</summary>
    public Task CloseAsync()
    {
        Close();
        return _loop.Value;
    }

    private void Close()
    {
        _isClosed = true;
        _closed(this);
        _steps.Writer.TryComplete();
    }

    private async Task RunAsync()
    {
        var items = new List<OutputItem>();
        while (await SomethingWaitsAsync())
        {
            var emittedAt = 0L;
            while (items.Count < OutputLimits.BatchItems && _steps.Reader.TryRead(out var step))
            {
                if (items.Count == 0)
                    emittedAt = step.EmittedAt;
                items.AddRange(step.Items);
            }
            await _send(items.ToArray(), emittedAt);
            items.Clear();
        }
    }

    /// <summary>False when the lane is closed and empty.</summary>
    private async Task<bool> SomethingWaitsAsync()
    {
        if (_steps.Reader.TryPeek(out _))
            return true;
        using var idle = new CancellationTokenSource(OutputLimits.IdlePublisher, _time);
        try
        {
            return await _steps.Reader.WaitToReadAsync(idle.Token);
        }
        catch (OperationCanceledException)
        {
            Close();
            return await _steps.Reader.WaitToReadAsync();
        }
    }
}
