using AgenticOS.Grains.Output;

namespace AgenticOS.Grains.Tests.Output;

public sealed class FrontendLaneTests
{
    private static StepItems Step(long pid) => new([new OutputItem(1, pid, 0, default, null)], pid);

    [Fact]
    public async Task StepsThatGatherWhileOneIsSent_LeaveJoinedAndInOrder()
    {
        var release = new SemaphoreSlim(0);
        var sent = new List<long[]>();
        var lane = new FrontendLane(
            async (items, _) =>
            {
                await release.WaitAsync();
                sent.Add([.. items.Select(item => item.Pid)]);
            },
            _ => { },
            TimeProvider.System);
        lane.Offer(Step(1)).ShouldBe(Offered.Taken);
        await Support.Patience.UntilAsync(() => lane.Waiting == 0, "the loop to take the first step");
        for (var pid = 2; pid <= 50; pid++)
            lane.Offer(Step(pid)).ShouldBe(Offered.Taken);
        release.Release(2);
        await lane.CloseAsync().WaitAsync(Support.Patience.Bound);
        sent.Count.ShouldBe(2);
        sent[1].ShouldBe([.. Enumerable.Range(2, 49).Select(pid => (long)pid)]);
    }

    [Fact]
    public async Task AFrontendThatDoesNotKeepUp_IsRefusedAtTheLimit_AndNeverWaitedFor()
    {
        var release = new TaskCompletionSource();
        var lane = new FrontendLane((_, _) => release.Task, _ => { }, TimeProvider.System);
        lane.Offer(Step(0)).ShouldBe(Offered.Taken);
        await Support.Patience.UntilAsync(() => lane.Waiting == 0, "the loop to take the first step");
        for (var step = 0; step < OutputLimits.WaitingSteps; step++)
            lane.Offer(Step(step)).ShouldBe(Offered.Taken);
        lane.Offer(Step(-1)).ShouldBe(Offered.Full);
        release.SetResult();
        await lane.CloseAsync().WaitAsync(Support.Patience.Bound);
    }

    [Fact]
    public async Task AClosedLane_SaysSo_AndSendsWhatItTook()
    {
        var sent = 0;
        var closed = 0;
        var lane = new FrontendLane(
            (items, _) =>
            {
                sent += items.Length;
                return Task.CompletedTask;
            },
            _ => closed++,
            TimeProvider.System);
        for (var step = 0; step < 100; step++)
            lane.Offer(Step(step)).ShouldBe(Offered.Taken);
        await lane.CloseAsync().WaitAsync(Support.Patience.Bound);
        sent.ShouldBe(100);
        closed.ShouldBe(1);
        lane.Offer(Step(1)).ShouldBe(Offered.Closed);
    }
}
