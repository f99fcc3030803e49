using System.Buffers;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.Protocol.Requests;

/// <summary>Finds commands in the bytes of one connection: <c>VERB AGENT LEN\n</c> and LEN bytes. Incremental: give it
/// what has come, in any pieces; it takes what it has understood off the front and remembers where it is. What it
/// leaves in the buffer is bounded by the limits: part of one header line or of one body. Not for two threads at
/// once.</summary>
public sealed class RequestReader
{
    private readonly ProtocolLimits _limits;
    private byte[] _agentBytes = [];
    private string _agent = "";
    private Verb _verb;
    private long _bodyBytes;
    private State _state;

    /// <summary>Starts at the first header of a connection.</summary>
    public RequestReader(ProtocolLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
    }

    private enum State
    {
        Header,
        Body,
        SkippedBody,
        LongLine,
        Closed,
    }

    private enum Step
    {
        NeedMore,
        GoOn,
        Found,
    }

    /// <summary>Bytes of the body being read or skipped that were not taken off the buffer yet; 0 between
    /// commands.</summary>
    public long PendingBodyBytes => _state is State.Body or State.SkippedBody ? _bodyBytes : 0;

    /// <summary>Takes the next command or refusal off the front of <paramref name="buffer"/>. False: it needs more
    /// bytes than what is left in <paramref name="buffer"/> (and that must be presented again with them). After a fault
    /// that must close, everything is swallowed and nothing is found any more.</summary>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out Request request)
    {
        request = default;
        Step step;
        do
        {
            step = _state switch
            {
                State.Header => ReadHeaderLine(ref buffer, ref request),
                State.Body => ReadBody(ref buffer, ref request),
                State.SkippedBody => SkipBody(ref buffer),
                State.LongLine => SkipLine(ref buffer),
                _ => Swallow(ref buffer),
            };
        }
        while (step == Step.GoOn);
        return step == Step.Found;
    }

    private Step ReadHeaderLine(ref ReadOnlySequence<byte> buffer, ref Request request)
    {
        var window = buffer.Length > _limits.HeaderBytes + 1 ? buffer.Slice(0, _limits.HeaderBytes + 1) : buffer;
        if (window.PositionOf((byte)'\n') is not { } newline)
        {
            if (window.Length <= _limits.HeaderBytes)
                return Step.NeedMore;
            _state = State.LongLine;
            request = Request.Refused(RequestFault.HeaderTooLong);
            return Step.Found;
        }

        var line = buffer.Slice(0, newline);
        buffer = buffer.Slice(buffer.GetPosition(1, newline));
        if (line.IsSingleSegment)
            return AcceptLine(line.FirstSpan, ref request);
        Span<byte> copy = line.Length <= 1024 ? stackalloc byte[(int)line.Length] : new byte[line.Length];
        line.CopyTo(copy);
        return AcceptLine(copy, ref request);
    }

    private Step AcceptLine(ReadOnlySpan<byte> line, ref Request request)
    {
        if (line.EndsWith("\r"u8))
            line = line[..^1];
        if (RequestHeader.IsBlank(line))
            return Step.GoOn;
        var fault = Judge(line);
        if (fault == RequestFault.None)
            return Step.GoOn;
        request = Request.Refused(fault, _verb);
        return Step.Found;
    }

    private RequestFault Judge(ReadOnlySpan<byte> line)
    {
        _verb = Verb.Unknown;
        if (!RequestHeader.TryParse(line, out var header))
            return RequestFault.Malformed;
        _verb = Verbs.Parse(header.Verb);
        _bodyBytes = header.Length;
        if (header.Length > _limits.SkippedBytes)
        {
            _state = State.Closed;
            return RequestFault.BodyUnbounded;
        }

        _state = State.SkippedBody;
        if (header.Length > _limits.BodyBytes)
            return RequestFault.BodyTooLarge;
        if (_verb == Verb.Unknown)
            return RequestFault.UnknownVerb;
        if (!TryTakeAgent(header.Agent))
            return RequestFault.InvalidAgent;
        _state = State.Body;
        return RequestFault.None;
    }

    /// <summary>A connection speaks for few agents: the last name is kept, so that most commands allocate
    /// nothing.</summary>
    private bool TryTakeAgent(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(_agentBytes))
            return true;
        if (!TextPayload.TryDecode(name, out var text) || !AgentName.TryParse(text, out _))
            return false;
        _agentBytes = name.ToArray();
        _agent = text;
        return true;
    }

    private Step ReadBody(ref ReadOnlySequence<byte> buffer, ref Request request)
    {
        if (buffer.Length < _bodyBytes)
            return Step.NeedMore;
        request = new Request(RequestFault.None, _verb, _agent, buffer.Slice(0, _bodyBytes));
        buffer = buffer.Slice(_bodyBytes);
        _state = State.Header;
        return Step.Found;
    }

    private Step SkipBody(ref ReadOnlySequence<byte> buffer)
    {
        var taken = Math.Min(buffer.Length, _bodyBytes);
        buffer = buffer.Slice(taken);
        _bodyBytes -= taken;
        if (_bodyBytes > 0)
            return Step.NeedMore;
        _state = State.Header;
        return Step.GoOn;
    }

    private Step SkipLine(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.PositionOf((byte)'\n') is not { } newline)
            return Swallow(ref buffer);
        buffer = buffer.Slice(buffer.GetPosition(1, newline));
        _state = State.Header;
        return Step.GoOn;
    }

    private static Step Swallow(ref ReadOnlySequence<byte> buffer)
    {
        buffer = buffer.Slice(buffer.End);
        return Step.NeedMore;
    }
}
