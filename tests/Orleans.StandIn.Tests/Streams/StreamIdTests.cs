using System.Text;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.StandIn.Tests.Streams;

public sealed class StreamIdTests
{
    [Fact]
    public void Parts_ComeBack_AsText()
    {
        var id = StreamId.Create("räume", "schlüssel/1");
        (id.GetNamespace(), id.GetKeyAsString(), id.ToString()).ShouldBe(("räume", "schlüssel/1", "räume/schlüssel/1"));
        StreamId.Parse(Encoding.UTF8.GetBytes(id.ToString())).ShouldBe(id);
    }

    [Fact]
    public void WithoutNamespace_ReadsNull_AndEqualsTheSameBytes()
    {
        var id = StreamId.Create(null, "k");
        (id.GetNamespace(), id.ToString()).ShouldBe((null, "null/k"));
        id.ShouldBe(StreamId.Create(default, "k"u8));
        (id == StreamId.Create("n", "k")).ShouldBeFalse();
    }

    [Fact]
    public void Keys_OfEveryKind_HaveTheUsualForm()
    {
        var guid = Guid.Parse("01020304-0506-0708-090a-0b0c0d0e0f10");
        StreamId.Create("n", guid).GetKeyAsString().ShouldBe("0102030405060708090a0b0c0d0e0f10");
        StreamId.Create("n", -42L).GetKeyAsString().ShouldBe("-42");
        Should.Throw<ArgumentNullException>(() => StreamId.Create("n"u8, default));
    }

    [Fact]
    public void Tokens_OrderByBatchThenEvent_AcrossBothKinds()
    {
        var first = new EventSequenceToken(1, 5);
        var second = new EventSequenceTokenV2(2);
        first.Older(second).ShouldBeTrue();
        second.CreateSequenceTokenForEvent(1).Newer(second).ShouldBeTrue();
        new EventSequenceTokenV2(1, 5).Equals((StreamSequenceToken)first).ShouldBeTrue();
        first.CompareTo(null).ShouldBe(1);
    }

    [Fact]
    public void QueueIds_CompareByAllTheirParts()
    {
        var queue = QueueId.GetQueueId("Name", 3, 255);
        (queue.ToString(), queue.ToStringWithHashCode()).ShouldBe(("name-3", "name-3-0x000000FF"));
        queue.ShouldBe(QueueId.GetQueueId("Name", 3, 255));
        (queue == QueueId.GetQueueId("Name", 3, 254)).ShouldBeFalse();
        default(QueueId).IsDefault.ShouldBeTrue();
    }
}
