using AgenticOS.Protocol.Replies;
using AgenticOS.TcpFrontend.Tests.Stage;

namespace AgenticOS.TcpFrontend.Tests;

[Collection(Theatre.Name)]
public class ShutdownTests(Theatre theatre)
{
    [Fact]
    public async Task Shutdown_IsAnsweredBeforeTheHostStops()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        frontend.Stopping.Register(stopping.SetResult);
        (await client.AskAsync("SHUTDOWN")).ShouldBe(Frame.Ok("SHUTDOWN", "Shutting down."));
        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await frontend.StopAsync();
        (await client.TryNextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task ShutdownThatIsSwitchedOff_IsForbidden()
    {
        var options = new FrontendOptions { AllowShutdown = false };
        await using var frontend = await TestFrontend.StartAsync(theatre, options);
        using var client = await frontend.ConnectAsync();
        (await client.AskAsync("SHUTDOWN")).Code.ShouldBe("FORBIDDEN");
        frontend.Stopping.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task StoppingHost_LetsAProcessFinishWithinTheGrace()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "grace");
        var stopped = frontend.StopAsync();
        frontend.Publish(process.Write("last words"), process.Finish());
        var (output, end) = await client.ReadToEndAsync();
        output.ShouldBe("last words");
        end.Reason.ShouldBe("finished");
        (await client.TryNextAsync()).ShouldBeNull();
        await stopped;
    }

    [Fact]
    public async Task StoppingHost_EndsWhatIsLeftWithAMarker()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "left");
        frontend.Publish(process.Write("and then"));
        var stopped = frontend.StopAsync();
        for (var i = 0; i < 1000 && !process.Unlistened.Task.IsCompleted; i++)
        {
            frontend.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(process.Unlistened.Task, Task.Delay(10));
        }

        (await process.Unlistened.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(process.Request.Route);
        var (output, end) = await client.ReadToEndAsync();
        output.ShouldBe("and then");
        end.ShouldBe(new EndMarker(process.Pid, "shutdown", null, end.ElapsedSeconds));
        (await client.TryNextAsync()).ShouldBeNull();
        await stopped;
    }
}
