using System.Buffers;
using System.Text;
using AgenticOS.Protocol.Replies;
using FsCheck;
using FsCheck.Fluent;

namespace AgenticOS.Protocol.Tests.Replies;

public class ReplyReaderTests
{
    [Fact]
    public void InterleavedRepliesAndFrames_AreFoundHoweverTheyAreCut()
    {
        var payload = Encoding.UTF8.GetBytes(
            "+OK GENERIC 22\r\nProcess Started PID: 1"
            + "DATA raw 1\r\nADATA raw 0\r\n-ERR BUSY 2\r\nnoDATA raw 3\r\n\r\n\n");
        foreach (var (name, pieces) in Cuts.All(payload))
        {
            Read(pieces).ShouldBe(
                [
                    (ReplyKind.Ok, "GENERIC", "Process Started PID: 1"),
                    (ReplyKind.Data, "raw", "A"),
                    (ReplyKind.Data, "raw", ""),
                    (ReplyKind.Error, "BUSY", "no"),
                    (ReplyKind.Data, "raw", "\r\n\n"),
                ],
                name);
        }
    }

    [Theory]
    [InlineData("+OK GENERIC 2\nab")]
    [InlineData("OK GENERIC 2\r\nab")]
    [InlineData("+OK GENERIC x\r\n")]
    [InlineData("+OK GENERIC -1\r\n")]
    [InlineData("+OK GENERIC \r\n")]
    [InlineData("+OK\r\n")]
    [InlineData("+OK  2\r\n")]
    [InlineData("\r\n")]
    [InlineData("+OK GENERIC 67108865\r\n")]
    public void WhatIsNoReply_IsToldAtOnce(string payload) =>
        Should.Throw<ReplyFormatException>(() => Read([Encoding.UTF8.GetBytes(payload)]));

    [Fact]
    public void EndlessHeader_IsToldAtTheLimit()
    {
        Read([new byte[512]]).ShouldBeEmpty();
        Should.Throw<ReplyFormatException>(() => Read([new byte[513]]));
    }

    [Fact]
    public void WhatTheServerWrites_TheClientFinds() =>
        Prop.ForAll<byte[][]>(bodies =>
        {
            var writer = new ArrayBufferWriter<byte>();
            var expected = bodies.Select(b => (ReplyKind.Data, "raw", Encoding.Latin1.GetString(b ?? []))).ToList();
            foreach (var body in bodies)
                ReplyWriter.WriteData(writer, body ?? []);
            return Read([writer.WrittenSpan.ToArray()]).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void EndMarker_IsReadBack()
    {
        var marker = new EndMarker(17, "max_tokens", 500, 12.5);
        EndMarker.TryParse(Sequence(marker.ToString()), out var read).ShouldBeTrue();
        read.ShouldBe(marker);
        EndMarker.TryParse(Sequence("\n[PROCESS_FINISHED pid=1]\n"), out var bare).ShouldBeTrue();
        bare.ShouldBe(new EndMarker(1, "", null, 0));
        var payload = Sequence("\n[PROCESS_FINISHED pid=3 node=a reason=killed x]\n");
        EndMarker.TryParse(payload, out var more).ShouldBeTrue();
        more.ShouldBe(new EndMarker(3, "killed", null, 0));
    }

    [Theory]
    [InlineData("[PROCESS_FINISHED pid=1]\n")]
    [InlineData("\n[PROCESS_FINISHED pid=1]")]
    [InlineData("\n[PROCESS_FINISHED pid=]\n")]
    [InlineData("\n[PROCESS_FINISHED pid=x]\n")]
    [InlineData("\n[PROCESS_FINISHED pid=-1]\n")]
    [InlineData("ordinary output")]
    [InlineData("")]
    public void OrdinaryOutput_IsNoEndMarker(string payload) =>
        EndMarker.TryParse(Sequence(payload), out _).ShouldBeFalse();

    private static ReadOnlySequence<byte> Sequence(string text) => new(Encoding.UTF8.GetBytes(text));

    private static List<(ReplyKind Kind, string Code, string Payload)> Read(IEnumerable<byte[]> pieces)
    {
        var reader = new ReplyReader(ProtocolLimits.Default);
        var inbox = new Pieces();
        var found = new List<(ReplyKind, string, string)>();
        foreach (var piece in pieces)
        {
            var buffer = inbox.Add(piece);
            while (reader.TryRead(ref buffer, out var reply))
                found.Add((reply.Kind, reply.Code, Encoding.Latin1.GetString(reply.Payload)));
            inbox.Keep(buffer);
        }

        return found;
    }
}
