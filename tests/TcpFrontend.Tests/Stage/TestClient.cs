using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AgenticOS.Protocol;
using AgenticOS.Protocol.Replies;

namespace AgenticOS.TcpFrontend.Tests.Stage;

/// <summary>One frame as a client sees it.</summary>
public sealed record Frame(ReplyKind Kind, string Code, string Text)
{
    public static Frame Ok(string code, string text) => new(ReplyKind.Ok, code, text);

    public static Frame Data(string text) => new(ReplyKind.Data, "raw", text);

    public static Frame Heartbeat { get; } = Data("");
}

/// <summary>A client on a real socket. Every wait is bounded, so that a hang is a red test.</summary>
public sealed class TestClient : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Socket _socket;
    private readonly PipeReader _input;
    private readonly ReplyReader _reader = new(ProtocolLimits.Default);

    private TestClient(Socket socket)
    {
        _socket = socket;
        _input = PipeReader.Create(new NetworkStream(socket));
    }

    public static async Task<TestClient> ConnectAsync(IPEndPoint endpoint)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endpoint);
        return new TestClient(socket);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
            sent += await _socket.SendAsync(bytes.AsMemory(sent)).AsTask().WaitAsync(Limit);
    }

    /// <summary>Sends a command and gives the next frame.</summary>
    public async Task<Frame> AskAsync(string verb, string body = "", string agent = "tester")
    {
        await SendAsync($"{verb} {agent} {Encoding.UTF8.GetByteCount(body)}\n{body}");
        return await NextAsync();
    }

    /// <summary>The next frame; fails when the server closes or says nothing.</summary>
    public async Task<Frame> NextAsync() =>
        await TryNextAsync() ?? throw new EndOfStreamException("The server closed.");

    /// <summary>The next frame, heartbeats left out.</summary>
    public async Task<Frame> NextNewsAsync()
    {
        var frame = await NextAsync();
        while (frame == Frame.Heartbeat)
            frame = await NextAsync();
        return frame;
    }

    /// <summary>The next frame; null when the server closed.</summary>
    public async Task<Frame?> TryNextAsync()
    {
        while (true)
        {
            var read = await _input.ReadAsync().AsTask().WaitAsync(Limit);
            var buffer = read.Buffer;
            var isFound = _reader.TryRead(ref buffer, out var reply);
            var frame = isFound ? new Frame(reply.Kind, reply.Code, Encoding.UTF8.GetString(reply.Payload)) : null;
            _input.AdvanceTo(buffer.Start, isFound ? buffer.Start : buffer.End);
            if (isFound || read.IsCompleted)
                return frame;
        }
    }

    /// <summary>Everything up to and with the end marker of a process, heartbeats left out.</summary>
    public async Task<(string Output, EndMarker End)> ReadToEndAsync()
    {
        var output = new StringBuilder();
        while (true)
        {
            var frame = await NextNewsAsync();
            frame.Kind.ShouldBe(ReplyKind.Data, frame.ToString());
            if (EndMarker.TryParse(new(Encoding.UTF8.GetBytes(frame.Text)), out var end))
                return (output.ToString(), end);
            output.Append(frame.Text);
        }
    }

    public void FinishSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes without a farewell: what is unread is lost and the server is told by a reset.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();
}
