using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Output;
using AgenticOS.Kernel.Processes;
using AgenticOS.Protocol.Replies;
using AgenticOS.TcpFrontend.Tests.Stage;
using Orleans.Runtime;
using Orleans.Streams;

namespace AgenticOS.TcpFrontend.Tests;

/// <summary>Output from a batch to the client: every byte once, in order, and one end.</summary>
[Collection(Theatre.Name)]
public class OutputTests(Theatre theatre)
{
    [Fact]
    public async Task Exec_StreamsOutputAndOneEnd()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "streams");
        frontend.Publish(process.Write("A"));
        frontend.Publish(process.Write("[[CALC: 37*19]]"), process.Finish());
        (await client.NextAsync()).ShouldBe(Frame.Data("A"));
        (await client.NextAsync()).ShouldBe(Frame.Data("[[CALC: 37*19]]"));
        (await client.NextAsync()).Text.ShouldBe(
            $"\n[PROCESS_FINISHED pid={process.Pid} reason=finished tokens=3 elapsed_s=1.500]\n");
        (await client.AskAsync("PING")).Code.ShouldBe("PING");
        frontend.Counters.EmitToSocket.Count.ShouldBe(2, "two batches went to one connection");
    }

    [Fact]
    public async Task BatchOverTheStream_ReachesTheClient()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "over-the-stream");
        var stream = StreamOf(frontend);
        await stream.OnNextAsync(new OutputBatch("silo-1", 0, [process.Write("from afar")]));
        await stream.OnNextAsync(new OutputBatch("silo-1", 0, [process.Finish()]));
        (await client.ReadToEndAsync()).Output.ShouldBe("from afar");
    }

    [Fact]
    public async Task SubscriptionThatTheClusterForgot_IsMadeAgain()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "forgotten");
        var stream = StreamOf(frontend);
        var before = await stream.GetAllSubscriptionHandles();
        await before.ShouldHaveSingleItem().UnsubscribeAsync();
        frontend.Clock.Advance(TimeSpan.FromSeconds(30));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await stream.GetAllSubscriptionHandles()).Count == 0)
            await Task.Delay(1, limit.Token);
        await stream.OnNextAsync(new OutputBatch("silo-1", 0, [process.Write("heard again")]));
        (await client.NextNewsAsync()).ShouldBe(Frame.Data("heard again"));
    }

    [Fact]
    public async Task OutputBeforeTheAnswer_FollowsTheAnswer()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var first = await frontend.ExecAsync(client, "early");
        theatre.Play.ExecAnswers["overtaken"] = () =>
        {
            // The ticket after the first one's: a whole life before EXEC is answered.
            var route = new OutputRoute(frontend.Options.FrontendId, first.Request.Route.Ticket + 1);
            var actor = theatre.Play.Start("early", new ExecRequest("overtaken", route, ""));
            frontend.Publish(first.Write("mine "), actor.Write("quick "), actor.Write("life"), actor.Finish());
            return Task.FromResult(new ExecReply(actor.Pid, false, null));
        };
        await client.SendAsync("EXEC early 9\novertaken");
        (await client.NextAsync()).ShouldBe(Frame.Data("mine "));
        (await client.NextAsync()).Text.ShouldStartWith("Process Started PID: ");
        (await client.ReadToEndAsync()).Output.ShouldBe("quick life");
    }

    [Fact]
    public async Task DuplicatesAndOverlaps_AreWrittenOnce()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "duplicates");
        var first = process.Write("one ");
        var second = process.Write("two ");
        var both = first with { Bytes = "one two "u8.ToArray() };
        var third = process.Write("three");
        frontend.Publish(first, first);
        frontend.Publish(both, second, first, third, third);
        var end = process.Finish();
        frontend.Publish(third, end, end, second);
        (await client.ReadToEndAsync()).Output.ShouldBe("one two three");
        (await client.AskAsync("PING")).Code.ShouldBe("PING");
        process.LogReads.ShouldBe(0);
        frontend.Counters[FrontendCount.DuplicateItems].ShouldBe(5);
    }

    [Fact]
    public async Task Gap_IsFilledFromTheLog()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "gaps");
        frontend.Publish(process.Write("a"));
        process.Write("b lost ");
        frontend.Publish(process.Write("c "), process.Write("d "));
        (await client.NextAsync()).ShouldBe(Frame.Data("a"));
        (await client.NextAsync()).ShouldBe(Frame.Data("b lost c d "));
        frontend.Publish(process.Write("e"), process.Finish());
        (await client.ReadToEndAsync()).Output.ShouldBe("e");
        process.LogReads.ShouldBe(1);
        frontend.Counters[FrontendCount.Gaps].ShouldBe(1);
    }

    [Fact]
    public async Task GapBeforeTheEnd_IsFilledAndTheEndWrittenOnce()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "gap-at-end");
        process.Write("all of it");
        frontend.Publish(process.Finish(ProcessEndReason.MaxTokens));
        var (output, end) = await client.ReadToEndAsync();
        output.ShouldBe("all of it");
        end.Reason.ShouldBe("max_tokens");
        (await client.AskAsync("PING")).Code.ShouldBe("PING");
    }

    [Fact]
    public async Task MoreThanMayBeHeld_IsReadFromTheLog()
    {
        var options = new FrontendOptions { Limits = new FrontendLimits { HeldBytes = 200 } };
        await using var frontend = await TestFrontend.StartAsync(theatre, options);
        using var client = await frontend.ConnectAsync();
        var expected = string.Concat(Enumerable.Range(0, 20).Select(i => $"piece {i}; "));
        theatre.Play.ExecAnswers["flood"] = () =>
        {
            var route = new OutputRoute(frontend.Options.FrontendId, 1);
            var actor = theatre.Play.Start("flood", new ExecRequest("flood", route, ""));
            foreach (var i in Enumerable.Range(0, 20))
                frontend.Publish(actor.Write($"piece {i}; "));
            frontend.Publish(actor.Finish());
            return Task.FromResult(new ExecReply(actor.Pid, false, null));
        };
        await client.SendAsync("EXEC flood 5\nflood");
        (await client.NextAsync()).Kind.ShouldBe(ReplyKind.Ok);
        (await client.ReadToEndAsync()).Output.ShouldBe(expected);
    }

    [Fact]
    public async Task TwoProcessesOfOneConnection_InterleaveAtFrames()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var one = await frontend.ExecAsync(client, "two");
        var two = await frontend.ExecAsync(client, "two");
        frontend.Publish(one.Write("1a"), two.Write("2a"), one.Write("1b"), two.Finish(), one.Finish());
        string[] expected = ["1a", "2a", "1b"];
        foreach (var text in expected)
            (await client.NextAsync()).ShouldBe(Frame.Data(text));
        (await client.NextAsync()).Text.ShouldContain($"[PROCESS_FINISHED pid={two.Pid} ");
        (await client.NextAsync()).Text.ShouldContain($"[PROCESS_FINISHED pid={one.Pid} ");
    }

    [Fact]
    public async Task LongOutput_IsCutIntoFramesBetweenCharacters()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "long");
        var text = "x" + string.Concat(Enumerable.Repeat("🦙", 40_000));
        frontend.Publish(process.Write(text), process.Finish());
        (await client.ReadToEndAsync()).Output.ShouldBe(text, "a cut character would be replaced in decoding");
    }

    [Fact]
    public async Task ItemForNobody_IsCountedAndDropped()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        frontend.Publish(new OutputItem(999_999, 1, 0, "lost"u8.ToArray(), null));
        frontend.Counters[FrontendCount.UnknownTickets].ShouldBe(1);
    }

    [Fact]
    public async Task ManyClients_EachGetTheirOwnOutputWhole()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        var clients = await Task.WhenAll(Enumerable.Range(0, 256).Select(_ => frontend.ConnectAsync()));
        var actors = await Task.WhenAll(clients.Select((c, i) => frontend.ExecAsync(c, $"many-{i}")));
        for (var step = 0; step < 20; step++)
            frontend.Publish([.. actors.Select(a => a.Write($"{a.Pid}:{step} "))]);
        frontend.Publish([.. actors.Select(a => a.Finish())]);
        var read = await Task.WhenAll(clients.Select(c => c.ReadToEndAsync()));
        foreach (var (actor, (output, end)) in actors.Zip(read))
        {
            output.ShouldBe(string.Concat(Enumerable.Range(0, 20).Select(step => $"{actor.Pid}:{step} ")));
            end.Pid.ShouldBe(actor.Pid);
        }

        foreach (var client in clients)
            client.Dispose();
    }

    private IAsyncStream<OutputBatch> StreamOf(TestFrontend frontend) =>
        theatre.Cluster.Client.GetStreamProvider(OutputStreams.Provider)
            .GetStream<OutputBatch>(StreamId.Create(OutputStreams.Namespace, frontend.Options.FrontendId));
}
