using AgenticOS.TcpFrontend.Tests.Stage;

namespace AgenticOS.TcpFrontend.Tests;

[Collection(Theatre.Name)]
public class LimitTests(Theatre theatre)
{
    [Fact]
    public async Task Connections_AreLimitedAndOneMoreIsToldSo()
    {
        var options = new FrontendOptions { Limits = new FrontendLimits { Connections = 2 } };
        await using var frontend = await TestFrontend.StartAsync(theatre, options);
        using var first = await frontend.ConnectAsync();
        (await first.AskAsync("PING")).Code.ShouldBe("PING");
        using var second = await frontend.ConnectAsync();
        (await second.AskAsync("PING")).Code.ShouldBe("PING");
        using (var third = await frontend.ConnectAsync())
        {
            (await third.AskAsync("PING")).Code.ShouldBe("BUSY");
            third.FinishSending();
            (await third.TryNextAsync()).ShouldBeNull();
        }

        frontend.Counters[FrontendCount.ConnectionsRefused].ShouldBe(1);
        first.FinishSending();
        (await first.TryNextAsync()).ShouldBeNull();
        var code = "BUSY";
        for (var i = 0; i < 100 && code == "BUSY"; i++)
        {
            using var next = await frontend.ConnectAsync();
            code = (await next.AskAsync("PING")).Code;
        }

        code.ShouldBe("PING", "a place that was given back is free again");
    }

    [Fact]
    public async Task SlowReader_IsCutOffAndStallsNobody()
    {
        var options = new FrontendOptions { Limits = new FrontendLimits { UnsentBytes = 256 << 10 } };
        await using var frontend = await TestFrontend.StartAsync(theatre, options);
        using var slow = await frontend.ConnectAsync();
        using var quick = await frontend.ConnectAsync();
        var ignored = await frontend.ExecAsync(slow, "slow");
        var heard = await frontend.ExecAsync(quick, "quick");
        var big = new string('x', 64 << 10);
        var published = 0;
        for (; published < 2000 && frontend.Counters[FrontendCount.SlowReaders] == 0; published++)
        {
            frontend.Publish(ignored.Write(big), heard.Write($"{published} "));
            (await quick.NextAsync()).ShouldBe(Frame.Data($"{published} "));
        }

        frontend.Counters[FrontendCount.SlowReaders].ShouldBe(1, $"after {published} batches of 64 KiB");
        (await ignored.Unlistened.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe(ignored.Request.Route);
        frontend.Publish(heard.Write("on"), heard.Finish());
        (await quick.ReadToEndAsync()).Output.ShouldBe("on");
    }

    [Fact]
    public async Task IdleConnection_IsClosedAndOneWithAProcessIsNot()
    {
        var options = new FrontendOptions { Limits = new FrontendLimits { IdleTime = TimeSpan.FromMinutes(1) } };
        await using var frontend = await TestFrontend.StartAsync(theatre, options);
        using var idle = await frontend.ConnectAsync();
        using var listening = await frontend.ConnectAsync();
        (await idle.AskAsync("PING")).Code.ShouldBe("PING");
        var process = await frontend.ExecAsync(listening, "not-idle");
        frontend.Clock.Advance(TimeSpan.FromSeconds(59));
        (await idle.AskAsync("PING")).Code.ShouldBe("PING");
        frontend.Clock.Advance(TimeSpan.FromSeconds(59.5));
        frontend.Counters[FrontendCount.IdleConnections].ShouldBe(0);
        frontend.Clock.Advance(TimeSpan.FromSeconds(1));
        (await idle.TryNextAsync()).ShouldBeNull();
        frontend.Publish(process.Write("busy"), process.Finish());
        (await listening.ReadToEndAsync()).Output.ShouldBe("busy");
    }

    [Fact]
    public async Task ProcessesOfAConnection_AreLimited()
    {
        var options = new FrontendOptions { Limits = new FrontendLimits { ProcessesPerConnection = 2 } };
        await using var frontend = await TestFrontend.StartAsync(theatre, options);
        using var client = await frontend.ConnectAsync();
        var first = await frontend.ExecAsync(client, "few");
        await frontend.ExecAsync(client, "few");
        (await client.AskAsync("EXEC", "one more")).Code.ShouldBe("BUSY");
        frontend.Publish(first.Finish());
        await client.ReadToEndAsync();
        await frontend.ExecAsync(client, "few");
    }
}
