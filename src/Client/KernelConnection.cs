using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using AgenticOS.Protocol;
using AgenticOS.Protocol.Replies;
using AgenticOS.Protocol.Requests;

namespace AgenticOS.Client;

/// <summary>One connection to a frontend, speaking protocol v1 as one agent: one command at a time.</summary>
public sealed class KernelConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly PipeReader _input;
    private readonly ReplyReader _replies = new(new ProtocolLimits());
    private readonly ArrayBufferWriter<byte> _request = new();
    private readonly string _agent;

    private KernelConnection(Socket socket, string agent)
    {
        _socket = socket;
        _agent = agent;
        _input = PipeReader.Create(new NetworkStream(socket));
    }

    /// <summary>Connects.</summary>
    /// <exception cref="KernelUnreachableException">Nothing listens there.</exception>
    public static async Task<KernelConnection> ConnectAsync(
        string host, int port, string agent, CancellationToken cancellation = default)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellation);
            return new KernelConnection(socket, agent);
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new KernelUnreachableException($"nothing answers on {host}:{port}", refused);
        }
    }

    /// <summary>Sends a command that is not EXEC and waits for its reply.</summary>
    /// <exception cref="KernelUnreachableException">The connection broke.</exception>
    public async Task<Answer> CallAsync(Verb verb, string payload = "", CancellationToken cancellation = default)
    {
        await SendAsync(verb, payload, cancellation);
        while (true)
        {
            var (answer, _) = await NextAsync(null, cancellation);
            if (answer is not null) return answer;
        }
    }

    /// <summary>Starts a process, hands its output to <paramref name="receive"/> and returns when it has
    /// ended.</summary>
    /// <exception cref="KernelUnreachableException">The connection broke.</exception>
    public async Task<Execution> ExecAsync(
        string payload, OutputReceiver receive, CancellationToken cancellation = default)
    {
        var answer = await CallAsync(Verb.Exec, payload, cancellation);
        if (!answer.Ok) return new Execution(answer, null);
        while (true)
        {
            var (_, end) = await NextAsync(receive, cancellation);
            if (end is not null) return new Execution(answer, end);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _input.CompleteAsync();
        _socket.Dispose();
    }

    private async Task SendAsync(Verb verb, string payload, CancellationToken cancellation)
    {
        _request.ResetWrittenCount();
        RequestWriter.Write(_request, verb, _agent, payload);
        try
        {
            for (var rest = _request.WrittenMemory; !rest.IsEmpty;)
                rest = rest[await _socket.SendAsync(rest, cancellation)..];
        }
        catch (SocketException broken)
        {
            throw new KernelUnreachableException("the connection to the kernel broke", broken);
        }
    }

    private async Task<(Answer? Answer, EndMarker? End)> NextAsync(
        OutputReceiver? receive, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await ReadAsync(cancellation);
            var buffer = read.Buffer;
            if (!_replies.TryRead(ref buffer, out var reply))
            {
                _input.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted) throw new KernelUnreachableException("the kernel closed the connection");
                continue;
            }
            try
            {
                if (reply.Kind != ReplyKind.Data)
                    return (
                        new Answer(reply.Kind == ReplyKind.Ok, reply.Code, Encoding.UTF8.GetString(reply.Payload)),
                        null);
                if (EndMarker.TryParse(reply.Payload, out var end)) return (null, end);
                if (receive is not null) await receive(reply.Payload.ToArray(), cancellation);
                return (null, null);
            }
            finally
            {
                _input.AdvanceTo(buffer.Start);
            }
        }
    }

    private async ValueTask<ReadResult> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return await _input.ReadAsync(cancellation);
        }
        catch (IOException broken)
        {
            throw new KernelUnreachableException("the connection to the kernel broke", broken);
        }
    }
}
