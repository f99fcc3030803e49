using System.Text;
using AgenticOS.Protocol.Replies;
using AgenticOS.TcpFrontend.Tests.Stage;

namespace AgenticOS.TcpFrontend.Tests;

/// <summary>Commands over a real socket: framing, order, and what becomes of what is no command.</summary>
[Collection(Theatre.Name)]
public class CommandTests(Theatre theatre)
{
    [Fact]
    public async Task Ping_IsAnsweredByteForByte()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        (await client.AskAsync("ping")).ShouldBe(Frame.Ok("PING", "PONG"));
    }

    [Fact]
    public async Task PipelinedCommands_AreAnsweredInOrder()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        await client.SendAsync("PING a 0\r\n\r\nSET_GEN a 3\nx=1GET_GEN a 0\nTERM a 1\n7PING a 2\nzz");
        string[] codes = ["PING", "SET_GEN", "GET_GEN", "PID_NOT_FOUND", "PING"];
        foreach (var code in codes)
            (await client.NextAsync()).Code.ShouldBe(code);
    }

    [Fact]
    public async Task CommandByteByByte_IsAnswered()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        foreach (var b in "SET_GEN a 5\nseed=PING a 0\n"u8.ToArray())
            await client.SendAsync([b]);
        (await client.NextAsync()).ShouldBe(Frame.Ok("SET_GEN", "seed="));
        (await client.NextAsync()).ShouldBe(Frame.Ok("PING", "PONG"));
    }

    [Fact]
    public async Task Garbage_IsRefusedAndTheNextCommandIsAnswered()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var endless = new string('x', 5000);
        await client.SendAsync($"hello\nGET / HTTP/1.1\nNOPE a 7\nPING x PING a 0\n{endless}\nPING a 0\n");
        string[] codes = ["BAD_HEADER", "BAD_HEADER", "BAD_HEADER", "PING", "BAD_HEADER", "PING"];
        foreach (var code in codes)
            (await client.NextAsync()).Code.ShouldBe(code);
        frontend.Counters[FrontendCount.Errors].ShouldBe(4);
        frontend.Counters[FrontendCount.Commands].ShouldBe(6);
    }

    [Fact]
    public async Task LargestBody_IsRead()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        (await client.AskAsync("PING", new string('x', 8 << 20))).ShouldBe(Frame.Ok("PING", "PONG"));
    }

    [Fact]
    public async Task BodyOverTheLimit_IsRefusedBeforeItComes()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        await client.SendAsync($"EXEC a {(8 << 20) + 1}\n");
        (await client.NextAsync()).Code.ShouldBe("TOO_LARGE");
        await client.SendAsync(new byte[(8 << 20) + 1]);
        (await client.AskAsync("PING")).Code.ShouldBe("PING");
    }

    [Fact]
    public async Task BodyPastSkipping_IsRefusedAndTheConnectionCloses()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        await client.SendAsync("EXEC a 99999999999\n" + new string('x', 100_000));
        (await client.NextAsync()).Code.ShouldBe("TOO_LARGE");
        client.FinishSending();
        (await client.TryNextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task TextThatIsNotUtf8_IsRefused()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        string[] verbs = ["EXEC", "LOAD", "SELECT_MODEL", "MODEL_INFO", "STATUS", "TERM", "KILL", "SET_GEN"];
        foreach (var verb in verbs)
        {
            await client.SendAsync([.. Encoding.ASCII.GetBytes($"{verb} a 2\n"), 0xC3, 0x28]);
            var reply = await client.NextAsync();
            reply.Kind.ShouldBe(ReplyKind.Error, verb);
            reply.Code.ShouldBe("INVALID_UTF8", verb);
        }
    }

    [Fact]
    public async Task VerbsOfLater_AreNotSupportedAndTheirBodiesNotRun()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        string[] verbs =
        [
            "MEMW", "SET_PRIORITY", "GET_QUOTA", "SET_QUOTA", "AUTH",
            "HELLO", "ATTACH", "DETACH", "PS", "NODES", "SEND", "STOP",
            "CONT", "FORK", "CHECKPOINT", "RESTORE", "MIGRATE", "UNLOAD", "DRAIN", "METRICS",
        ];
        foreach (var verb in verbs)
            (await client.AskAsync(verb, "PING a 0\n")).Code.ShouldBe("NOT_SUPPORTED", verb);
    }
}
