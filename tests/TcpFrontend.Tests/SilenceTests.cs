using AgenticOS.Protocol.Replies;
using AgenticOS.TcpFrontend.Tests.Stage;

namespace AgenticOS.TcpFrontend.Tests;

/// <summary>What happens when nothing comes: heartbeats, and asking after the process.</summary>
[Collection(Theatre.Name)]
public class SilenceTests(Theatre theatre)
{
    [Fact]
    public async Task TwoSilentSeconds_GiveOneHeartbeat()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "heartbeat");
        frontend.Clock.Advance(TimeSpan.FromSeconds(1.9));
        frontend.Publish(process.Write("a"));
        frontend.Clock.Advance(TimeSpan.FromSeconds(1.9));
        frontend.Counters[FrontendCount.Heartbeats].ShouldBe(0, "1.9 s after the last frame");
        frontend.Clock.Advance(TimeSpan.FromSeconds(0.5));
        frontend.Counters[FrontendCount.Heartbeats].ShouldBe(1);
        (await client.NextAsync()).ShouldBe(Frame.Data("a"));
        (await client.NextAsync()).ShouldBe(Frame.Heartbeat);
    }

    [Fact]
    public async Task ConnectionWithoutProcess_GetsNoHeartbeat()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        (await client.AskAsync("PING")).Code.ShouldBe("PING");
        frontend.Clock.Advance(TimeSpan.FromMinutes(1));
        (await client.AskAsync("PING")).Code.ShouldBe("PING");
        frontend.Counters[FrontendCount.Heartbeats].ShouldBe(0);
    }

    [Fact]
    public async Task LostEnd_IsFoundInTheLog()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "lost-end");
        process.Write("never published");
        process.Finish();
        frontend.Clock.Advance(TimeSpan.FromSeconds(3.5));
        var (output, end) = await client.ReadToEndAsync();
        output.ShouldBe("never published");
        end.Reason.ShouldBe("finished");
    }

    [Fact]
    public async Task ProcessThatIsGone_EndsAsNodeLost()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "gone");
        frontend.Publish(process.Write("half a "));
        theatre.Play.Forget(process.Pid);
        frontend.Clock.Advance(TimeSpan.FromSeconds(3.5));
        var (output, end) = await client.ReadToEndAsync();
        output.ShouldBe("half a ");
        end.ShouldBe(new EndMarker(process.Pid, "node_lost", null, end.ElapsedSeconds));
        frontend.Counters[FrontendCount.LostProcesses].ShouldBe(1);
    }

    [Fact]
    public async Task ProcessWithAShorterLogThanWasSeen_EndsAsNodeLost()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "shorter");
        var item = process.Write("ab");
        frontend.Publish(item with { Bytes = "abcd"u8.ToArray() });
        frontend.Clock.Advance(TimeSpan.FromSeconds(3.5));
        (await client.ReadToEndAsync()).End.Reason.ShouldBe("node_lost");
    }

    [Fact]
    public async Task ProcessOutOfReach_IsAskedAgainAndGivenUpInTheEnd()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "out-of-reach");
        process.LogFailure = new TimeoutException("nobody there");
        var steps = 0;
        for (Frame? frame = null; frame is null || !frame.Text.Contains("PROCESS_FINISHED"); steps++)
        {
            frontend.Clock.Advance(TimeSpan.FromSeconds(3.5));
            frame = await client.NextAsync();
            steps.ShouldBeLessThan(200);
        }

        process.LogReads.ShouldBeGreaterThan(2, "it must be tried more than once");
        frontend.Counters[FrontendCount.LostProcesses].ShouldBe(1);
    }

    [Fact]
    public async Task LivingButSilentProcess_IsAskedLessAndLess()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "silent");
        for (var minute = 0; minute < 2; minute++)
        {
            for (var i = 0; i < 15; i++)
            {
                frontend.Clock.Advance(TimeSpan.FromSeconds(4));
                (await client.NextAsync()).ShouldBe(Frame.Heartbeat);
            }
        }

        process.LogReads.ShouldBeInRange(2, 20, "120 s of silence at 3, 6 and then every 12 s");
        frontend.Publish(process.Write("at last"), process.Finish());
        (await client.ReadToEndAsync()).Output.ShouldBe("at last");
    }
}
