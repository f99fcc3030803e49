using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Output;
using AgenticOS.Kernel.Processes;
using AgenticOS.TcpFrontend.Tests.Stage;

namespace AgenticOS.TcpFrontend.Tests;

[Collection(Theatre.Name)]
public class DisconnectTests(Theatre theatre)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task ResetConnection_LeavesItsProcessRunningUnheard()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "reset");
        client.Reset();
        (await process.Unlistened.Task.WaitAsync(Limit)).ShouldBe(process.Request.Route);
        process.Signalled.Task.IsCompleted.ShouldBeFalse("nobody asked for it to end");
        frontend.Publish(process.Write("into the void"));
        frontend.Counters[FrontendCount.UnknownTickets].ShouldBe(1);
    }

    [Fact]
    public async Task ResetConnection_EndsAProcessThatAskedForIt()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "hangup", "on_disconnect=kill;hello");
        client.Reset();
        (await process.Signalled.Task.WaitAsync(Limit)).ShouldBe(ProcessSignal.Hangup);
        (await process.Unlistened.Task.WaitAsync(Limit)).ShouldBe(process.Request.Route);
    }

    [Fact]
    public async Task ClosedConnection_IsNoticedByItsHeartbeats()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "closed", "on_disconnect=kill;hello");
        client.Dispose();
        for (var i = 0; i < 1000 && !process.Signalled.Task.IsCompleted; i++)
        {
            frontend.Clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.WhenAny(process.Signalled.Task, Task.Delay(10));
        }

        (await process.Signalled.Task.WaitAsync(Limit)).ShouldBe(ProcessSignal.Hangup);
    }

    [Fact]
    public async Task ProcessOfAnExecThatTimedOut_IsEndedWhenItShowsUp()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        Actor? late = null;
        theatre.Play.ExecAnswers["too late"] = () =>
        {
            var route = new OutputRoute(frontend.Options.FrontendId, 1);
            late = theatre.Play.Start("late", new ExecRequest("too late", route, ""));
            throw new TimeoutException("the answer was lost");
        };
        (await client.AskAsync("EXEC", "too late", "late")).Code.ShouldBe("SPAWN_FAILED");
        frontend.Publish(late.ShouldNotBeNull().Write("anybody there?"));
        (await late.Signalled.Task.WaitAsync(Limit)).ShouldBe(ProcessSignal.Kill);
        (await client.AskAsync("PING")).Code.ShouldBe("PING", "its output is nobody's");
    }

    [Fact]
    public async Task ClientThatOnlyListensAnyMore_GetsItsOutputToTheEndAndThenTheClose()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        await client.SendAsync("EXEC half 5\nhello");
        client.FinishSending();
        var reply = await client.NextNewsAsync();
        var process = theatre.Play.Find(long.Parse(reply.Text.Split("PID: ")[1])).ShouldNotBeNull();
        frontend.Publish(process.Write("still "));
        frontend.Clock.Advance(TimeSpan.FromSeconds(1));
        frontend.Publish(process.Write("here"), process.Finish());
        (await client.ReadToEndAsync()).Output.ShouldBe("still here");
        (await client.TryNextAsync()).ShouldBeNull("the server closes when the last process has ended");
        process.Signalled.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task CommandsSentBeforeTheClose_AreStillAnswered()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        await client.SendAsync("PING a 0\nGET_GEN a 0\nPING a 0\nEXEC a 50\nnever whole");
        client.FinishSending();
        (await client.NextAsync()).Code.ShouldBe("PING");
        (await client.NextAsync()).Code.ShouldBe("GET_GEN");
        (await client.NextAsync()).Code.ShouldBe("PING");
        (await client.TryNextAsync()).ShouldBeNull();
    }
}
