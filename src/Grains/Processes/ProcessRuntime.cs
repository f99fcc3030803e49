using System.Threading.Channels;
using AgenticOS.Grains.Nodes;
using AgenticOS.Grains.Output;
using AgenticOS.Inference;
using AgenticOS.Kernel.Processes;
using AgenticOS.Kernel.Syscalls;

namespace AgenticOS.Grains.Processes;

/// <summary>The part of a process that lives with the engine: it listens on the engine's thread, keeps the output log,
/// finds system calls in what is generated, and tells the grain. From the moment the engine accepts the generation it
/// puts out exactly one end, whatever happens, unless the silo dies with it.</summary>
internal sealed class ProcessRuntime : IGenerationListener
{
    /// <summary>Events that can be pending at once: the start, one call (the generation is paused until it is
    /// answered), and the end.</summary>
    private const int MostEvents = 3;

    private readonly Channel<ProcessEvent> _events = Channel.CreateBounded<ProcessEvent>(
        new BoundedChannelOptions(MostEvents) { SingleReader = true, SingleWriter = true });
    private readonly SyscallScanner _scanner = new(SyscallGrammar.Default);
    private readonly Lock _gate = new();
    private readonly Pid _pid;
    private readonly StepOutput _output;
    private readonly TimeProvider _time;
    private readonly long _born;
    private OutputRoute? _route;
    private IGeneration? _generation;
    private ProcessEndReason? _reason;
    private int _tokens;

    public ProcessRuntime(Pid pid, OutputRoute route, ResidentModel model, TimeProvider time)
    {
        _pid = pid;
        _route = route;
        _output = model.Output;
        _time = time;
        _born = time.GetTimestamp();
    }

    /// <summary>Everything it said, and its end.</summary>
    public OutputLog Log { get; } = new();

    /// <summary>What the grain is to know, in order; completes after the end.</summary>
    public ChannelReader<ProcessEvent> Events => _events.Reader;

    /// <summary>Generated tokens so far.</summary>
    public int Tokens => Volatile.Read(ref _tokens);

    /// <summary>Time since EXEC.</summary>
    public TimeSpan Age => _time.GetElapsedTime(_born);

    /// <summary>Takes the handle of the accepted generation; an end that was asked for meanwhile happens now.</summary>
    public void Attach(IGeneration generation)
    {
        bool isOver;
        lock (_gate)
        {
            _generation = Log.End is null ? generation : null;
            isOver = _reason is not null;
        }
        if (isOver)
            generation.Cancel();
    }

    /// <summary>Ends the process from outside. The first reason stands; false when there was one already, or when the
    /// process is over by itself.</summary>
    public bool End(ProcessEndReason reason)
    {
        IGeneration? generation;
        lock (_gate)
        {
            if (_reason is not null || Log.End is not null)
                return false;
            _reason = reason;
            generation = _generation;
        }
        generation?.Cancel();
        return true;
    }

    /// <summary>Answers the call that <see cref="ProcessEvent.Called"/> told of.</summary>
    public void Resume(string injected)
    {
        IGeneration? generation;
        lock (_gate)
        {
            generation = _generation;
        }
        _scanner.Reset();
        generation?.Resume(injected);
    }

    /// <summary>Stops sending to a route.</summary>
    public void Unlisten(OutputRoute route)
    {
        lock (_gate)
        {
            if (_route == route)
                _route = null;
        }
    }

    /// <inheritdoc/>
    public void OnStarted(int promptTokens) => Tell(new ProcessEvent.Started());

    /// <inheritdoc/>
    public ListenerVerdict OnText(ReadOnlySpan<byte> utf8, int generatedTokens)
    {
        Volatile.Write(ref _tokens, generatedTokens);
        var offset = Log.Length;
        Send(new OutputItem(0, _pid.Value, offset, Log.Append(utf8), null));
        // What follows the call within the same piece was said after it, without its answer: it is no part of another
        // call.
        if (_scanner.Feed(utf8, out _) is not { } call)
            return ListenerVerdict.Continue;
        Tell(new ProcessEvent.Called(call));
        return ListenerVerdict.Pause;
    }

    /// <inheritdoc/>
    public void OnEnded(in GenerationEnd end)
    {
        Volatile.Write(ref _tokens, end.GeneratedTokens);
        var over = new ProcessEnd(ReasonOf(end), end.GeneratedTokens, Age.TotalSeconds);
        if (!Log.Close(over))
            throw new InvalidOperationException($"Process {_pid} ended twice.");
        Send(new OutputItem(0, _pid.Value, Log.Length, default, over));
        Tell(new ProcessEvent.Ended(over));
        _events.Writer.Complete();
        lock (_gate)
        {
            // What is left is the log; it must not keep the engine's part alive.
            _generation = null;
        }
    }

    private ProcessEndReason ReasonOf(in GenerationEnd end)
    {
        lock (_gate)
        {
            return end.Reason switch
            {
                EndReason.Natural => ProcessEndReason.Finished,
                EndReason.MaxTokens => ProcessEndReason.MaxTokens,
                EndReason.ContextFull => ProcessEndReason.ContextFull,
                EndReason.Cancelled => _reason ?? ProcessEndReason.Failed,
                EndReason.EngineStopped => _reason ?? ProcessEndReason.Shutdown,
                _ => ProcessEndReason.Failed,
            };
        }
    }

    private void Send(in OutputItem item)
    {
        OutputRoute? route;
        lock (_gate)
        {
            route = _route;
        }
        if (route is { } listener)
            _output.Append(listener.Frontend, item with { Ticket = listener.Ticket });
    }

    private void Tell(ProcessEvent happened)
    {
        if (!_events.Writer.TryWrite(happened))
            throw new InvalidOperationException($"Process {_pid}: too many events pending for {happened}.");
    }
}
