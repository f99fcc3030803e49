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
    public async Task DuplicatesAreSilence_ForTheClient()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "duplicates-only");
        var item = process.Write("once");
        for (var second = 0; second < 3; second++)
        {
            frontend.Publish(item);
            frontend.Clock.Advance(TimeSpan.FromSeconds(0.9));
        }

        (await client.NextAsync()).ShouldBe(Frame.Data("once"));
        (await client.NextAsync()).ShouldBe(Frame.Heartbeat);
        frontend.Counters[FrontendCount.DuplicateItems].ShouldBe(2);
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
        for (var asked = 1; asked <= 15; asked++)
        {
            frontend.Counters[FrontendCount.LostProcesses].ShouldBe(0, $"asked {asked - 1} times");
            frontend.Clock.Advance(TimeSpan.FromSeconds(3.25));
            await frontend.LogReadsAsync(asked);
        }

        var (_, end) = await client.ReadToEndAsync();
        end.Reason.ShouldBe("node_lost", "the first failure is 45 s ago");
        process.LogReads.ShouldBe(15);
        frontend.Counters[FrontendCount.LostProcesses].ShouldBe(1);
    }

    [Fact]
    public async Task ProcessBackInReach_GoesOnWhereItWas()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "back");
        frontend.Publish(process.Write("before "));
        process.LogFailure = new TimeoutException("nobody there");
        process.Write("while away ");
        frontend.Publish(process.Write("and "));
        await frontend.LogReadsAsync(1);
        process.LogFailure = null;
        frontend.Publish(process.Write("after"), process.Finish());
        (await client.ReadToEndAsync()).Output.ShouldBe("before while away and after");
    }

    [Fact]
    public async Task LivingButSilentProcess_IsAskedLessAndLess()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "silent");
        foreach (var (asked, seconds) in new[] { (1, 3.0), (2, 6.0), (3, 12.0), (4, 12.0) })
        {
            frontend.Clock.Advance(TimeSpan.FromSeconds(seconds - 0.5));
            frontend.Counters[FrontendCount.LogReads].ShouldBe(asked - 1, $"{seconds - 0.5} s after the last time");
            frontend.Clock.Advance(TimeSpan.FromSeconds(0.5));
            await frontend.LogReadsAsync(asked);
        }

        frontend.Publish(process.Write("at last"), process.Finish());
        (await client.ReadToEndAsync()).Output.ShouldBe("at last");
        process.LogReads.ShouldBe(4);
    }
}
