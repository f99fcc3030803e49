using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace AgenticOS.StandIn.Tests.Runtime;

public interface ITurnProbe : IGrainWithIntegerKey
{
    Task Write();

    [ReadOnly]
    Task Read();

    [AlwaysInterleave]
    Task Peek();
}

/// <summary>Which requests may start while others run.</summary>
public sealed class TurnQueueTests
{
    private readonly TurnQueue _turns = QueueOf(typeof(PlainTurns));

    [Fact]
    public void Writes_GoOneAfterAnother()
    {
        var first = Enqueue(_turns, nameof(ITurnProbe.Write));
        var second = Enqueue(_turns, nameof(ITurnProbe.Write));

        _turns.StartNext().ShouldBe(first);
        _turns.StartNext().ShouldBeNull();
        _turns.Finish(first);
        _turns.StartNext().ShouldBe(second);
    }

    [Fact]
    public void Reads_RunTogetherAndTheLastLetsTheWriteIn()
    {
        var reads = new[] { Enqueue(_turns, nameof(ITurnProbe.Read)), Enqueue(_turns, nameof(ITurnProbe.Read)) };
        var write = Enqueue(_turns, nameof(ITurnProbe.Write));

        _turns.StartNext().ShouldBe(reads[0]);
        _turns.StartNext().ShouldBe(reads[1]);
        _turns.StartNext().ShouldBeNull();
        _turns.Finish(reads[0]);
        _turns.StartNext().ShouldBeNull("the second read still runs");
        _turns.Finish(reads[1]);
        _turns.StartNext().ShouldBe(write);
    }

    [Fact]
    public void Peek_OvertakesWhatWaitsAndBlocksNobody()
    {
        var write = Enqueue(_turns, nameof(ITurnProbe.Write));
        Enqueue(_turns, nameof(ITurnProbe.Write));
        var peek = Enqueue(_turns, nameof(ITurnProbe.Peek));

        _turns.StartNext().ShouldBe(write);
        _turns.StartNext().ShouldBe(peek);
        _turns.StartNext().ShouldBeNull();
        _turns.Finish(write);
        _turns.StartNext().ShouldNotBeNull();
    }

    [Fact]
    public void ReentrantClass_StartsEverything()
    {
        var turns = QueueOf(typeof(ReentrantTurns));
        for (var i = 0; i < 3; i++)
            Enqueue(turns, nameof(ITurnProbe.Write));

        for (var i = 0; i < 3; i++)
            turns.StartNext().ShouldNotBeNull();
        turns.Running.ShouldBe(3);
    }

    private static TurnQueue QueueOf(Type type) =>
        new(new GrainClass(type, new ServiceCollection().BuildServiceProvider()));

    private static Message Enqueue(TurnQueue turns, string method)
    {
        var message = new Message { Method = GrainMethod.Of(typeof(ITurnProbe).GetMethod(method)!) };
        turns.Enqueue(message);
        return message;
    }

    private abstract class TurnBase : Grain, ITurnProbe
    {
        public Task Write() => Task.CompletedTask;

        public Task Read() => Task.CompletedTask;

        public Task Peek() => Task.CompletedTask;
    }

    private sealed class PlainTurns : TurnBase;

    [Reentrant]
    private sealed class ReentrantTurns : TurnBase;
}
