using AgenticOS.Inference.Steps;
using Microsoft.Extensions.Logging;

namespace AgenticOS.Inference;

/// <summary>The thread that owns a context from its opening to its end. Without work it sleeps.</summary>
internal sealed class EngineThread
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    private EngineThread(ILogger logger, TimeProvider time)
    {
        _logger = logger;
        _time = time;
    }

    internal EngineRoom Room { get; private set; } = null!;

    internal Task Completion => _ended.Task;

    /// <summary>
    /// Starts the thread, which furnishes its own room: a context's first compute thread is the one that opens it.
    /// Rethrows what that throws.
    /// </summary>
    internal static EngineThread Start(ILogger logger, TimeProvider time, Func<EngineRoom> furnish)
    {
        var engine = new EngineThread(logger, time);
        var furnished = new TaskCompletionSource<EngineRoom>();
        new Thread(() => engine.Live(furnish, furnished)) { Name = "engine", IsBackground = true }.Start();
        engine.Room = furnished.Task.GetAwaiter().GetResult();
        return engine;
    }

    /// <summary>Asks the thread to end, and completes when it has.</summary>
    internal Task StopAsync()
    {
        Room.Mailbox.Close();
        Room.Context.Abort();
        return Completion;
    }

    private void Live(Func<EngineRoom> furnish, TaskCompletionSource<EngineRoom> furnished)
    {
        EngineRoom room;
        try
        {
            room = furnish();
        }
        catch (Exception e)
        {
            furnished.SetException(e);
            return;
        }

        furnished.SetResult(room);
        Work(room);
        _ended.SetResult();
    }

    private void Work(EngineRoom room)
    {
        EndReason reason = EndReason.EngineStopped;
        string? detail = null;
        try
        {
            RunSteps(room);
        }
        catch (Exception e)
        {
            EngineLog.Broke(_logger, e);
            reason = EndReason.Failed;
            detail = $"The engine broke: {e.Message}";
        }

        room.Mailbox.Close();
        new Closing(room, _logger).EndAll(reason, detail);
        room.Context.Dispose();
    }

    private void RunSteps(EngineRoom room)
    {
        var step = new Step(room);
        using ITimer timer = _time.CreateTimer(
            _ => room.Mailbox.Knock(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (!room.Mailbox.Closed)
        {
            if (step.Run())
                continue;
            if (room.Line.Count > 0)
                timer.Change(room.Options.PauseKeepsSlot, Timeout.InfiniteTimeSpan);
            room.Mailbox.Wait();
        }
    }
}
