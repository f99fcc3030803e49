using System.Text;
using AgenticOS.Protocol.Requests;
using static AgenticOS.Protocol.Tests.Requests.Seen;

namespace AgenticOS.Protocol.Tests.Requests;

public class RequestReaderTests
{
    private static readonly ProtocolLimits Small = new() { HeaderBytes = 24, BodyBytes = 8, SkippedBytes = 16 };

    [Fact]
    public void WellFormedCommands_AreFoundHoweverTheyAreCut()
    {
        Expect("PING 1 0\n", Command(Verb.Ping, "1"));
        Expect("EXEC 1 13\nCalcola 37*19", Command(Verb.Exec, "1", "Calcola 37*19"));
        Expect("PING 1 0\r\n", Command(Verb.Ping, "1"));
        Expect("ping a 0\nPiNg b 0\n", Command(Verb.Ping, "a"), Command(Verb.Ping, "b"));
        Expect("  PING \t a\t\t 2 \t\r\nxy", Command(Verb.Ping, "a", "xy"));
        Expect("PING a 007\n1234567", Command(Verb.Ping, "a", "1234567"));
        Expect("list_models agent-ü 0\n", Command(Verb.ListModels, "agent-ü"));
    }

    [Fact]
    public void BlankLines_AreIgnoredBetweenCommands() =>
        Expect("\n\r\n \t \r\nPING a 0\n\n\nTERM a 1\n7\r\n\n", Command(Verb.Ping, "a"), Command(Verb.Term, "a", "7"));

    [Fact]
    public void PipelinedCommands_AreFoundInOrder() =>
        Expect(
            "SET_GEN a 15\ntemperature=0.5GET_GEN a 0\nEXEC b 3\nA\nBKILL b 1\n1",
            Command(Verb.SetGen, "a", "temperature=0.5"),
            Command(Verb.GetGen, "a"),
            Command(Verb.Exec, "b", "A\nB"),
            Command(Verb.Kill, "b", "1"));

    [Fact]
    public void BodyThatLooksLikeCommands_IsNeverRun() =>
        Expect(
            "NOPE a 13\nSHUTDOWN x 0\nPING a 0\n",
            Refused(RequestFault.UnknownVerb),
            Command(Verb.Ping, "a"));

    [Fact]
    public void UnreadableHeader_FallsBackToTheNextLine()
    {
        string[] broken =
        [
            "PING", "PING a", "PING a x", "PING a -1", "PING a +1", "PING a 1 2", "PING a 1.0", "PING a 0\r\r", "\0",
        ];
        foreach (var line in broken)
            Expect(line + "\nPING b 0\n", Refused(RequestFault.Malformed), Command(Verb.Ping, "b"));
    }

    [Fact]
    public void AgentThatIsNoName_IsRefusedAndItsBodySkipped()
    {
        byte[] payload = [.. "EXEC "u8, 0xFF, 0xC0, .. " 3\nabcPING a 0\n"u8];
        Expect(payload, ProtocolLimits.Default, Refused(RequestFault.InvalidAgent, Verb.Exec), Command(Verb.Ping, "a"));
        Expect("EXEC a\0b 3\nabcPING a 0\n", Refused(RequestFault.InvalidAgent, Verb.Exec), Command(Verb.Ping, "a"));
        Expect($"EXEC {new string('n', 129)} 0\n", Refused(RequestFault.InvalidAgent, Verb.Exec));
        Expect($"EXEC {new string('n', 128)} 0\n", Command(Verb.Exec, new string('n', 128)));
    }

    [Fact]
    public void HeaderLine_IsLimitedToTheByte()
    {
        foreach (var limits in new[] { ProtocolLimits.Default, Small })
        {
            var longest = "PING a" + new string(' ', limits.HeaderBytes - 7) + "0";
            var shorter = longest[..6] + longest[7..];
            Accepts(shorter, limits);
            Accepts(longest, limits);
            Refuses(longest + " ", limits);
            Refuses(longest + "\r", limits);
            Accepts(shorter + "\r", limits);
        }

        static void Accepts(string header, ProtocolLimits limits) =>
            Single(header, limits).ShouldBe(Command(Verb.Ping, "a"));

        static void Refuses(string header, ProtocolLimits limits) =>
            Single(header, limits).ShouldBe(Refused(RequestFault.HeaderTooLong));

        static Seen Single(string header, ProtocolLimits limits)
        {
            var bytes = Encoding.UTF8.GetBytes(header + "\n");
            var all = Cuts.All(bytes).Select(cut => Seen.In(cut.Pieces, limits).ShouldHaveSingleItem()).Distinct();
            return all.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void OverlongLine_IsRefusedOnceAndNeverKept()
    {
        var reader = new RequestReader(ProtocolLimits.Default);
        var inbox = new Pieces();
        var noise = Encoding.ASCII.GetBytes(new string('x', 4096));
        var seen = Seen.In(Enumerable.Repeat(noise, 256), reader, inbox);
        seen.ShouldBe([Refused(RequestFault.HeaderTooLong)]);
        inbox.Left.ShouldBe(0, "an over-long line must not pile up");
        Seen.In(["tail\nPING a 0\n"u8.ToArray()], reader, inbox).ShouldBe([Command(Verb.Ping, "a")]);
    }

    [Fact]
    public void Body_IsLimitedToTheByte()
    {
        Expect("EXEC a 7\n1234567PING b 0\n", Small, Command(Verb.Exec, "a", "1234567"), Command(Verb.Ping, "b"));
        Expect("EXEC a 8\n12345678PING b 0\n", Small, Command(Verb.Exec, "a", "12345678"), Command(Verb.Ping, "b"));
        Expect(
            "EXEC a 9\n123456789PING b 0\n",
            Small,
            Refused(RequestFault.BodyTooLarge, Verb.Exec),
            Command(Verb.Ping, "b"));
    }

    [Fact]
    public void DefaultBodyLimit_IsEightMebibytes()
    {
        var limit = 8 << 20;
        foreach (var length in new[] { limit - 1, limit, limit + 1 })
        {
            var fault = length > limit ? RequestFault.BodyTooLarge : RequestFault.None;
            var body = new byte[length];
            byte[] header = Encoding.ASCII.GetBytes($"EXEC a {length}\n");
            var seen = Seen.In([header, body[..1000], body[1000..], "PING b 0\n"u8.ToArray()], ProtocolLimits.Default);
            seen.Count.ShouldBe(2, $"LEN {length}");
            seen[0].Fault.ShouldBe(fault, $"LEN {length}");
            seen[0].Body.Length.ShouldBe(fault == RequestFault.None ? length : 0);
            seen[1].ShouldBe(Command(Verb.Ping, "b"));
        }
    }

    [Fact]
    public void SkippedBody_IsLimitedToTheByteAndThenCloses()
    {
        var skipped = "EXEC a 16\n" + new string('z', 16) + "PING b 0\n";
        Expect(skipped, Small, Refused(RequestFault.BodyTooLarge, Verb.Exec), Command(Verb.Ping, "b"));
        var endless = "EXEC a 17\n" + new string('z', 17) + "PING b 0\n";
        Expect(endless, Small, Refused(RequestFault.BodyUnbounded, Verb.Exec));
        Expect("EXEC a 99999999999999\nPING b 0\n", Small, Refused(RequestFault.BodyUnbounded, Verb.Exec));
        RequestFault.BodyUnbounded.MustClose().ShouldBeTrue();
        RequestFault.BodyTooLarge.MustClose().ShouldBeFalse();
    }

    [Fact]
    public void OversizedBody_IsRefusedBeforeItComesAndIsNotKept()
    {
        var reader = new RequestReader(ProtocolLimits.Default);
        var inbox = new Pieces();
        var header = "EXEC a 10000000\n"u8.ToArray();
        Seen.In([header], reader, inbox).ShouldBe([Refused(RequestFault.BodyTooLarge, Verb.Exec)]);
        Seen.In([new byte[5_000_000]], reader, inbox).ShouldBeEmpty();
        inbox.Left.ShouldBe(0);
        reader.PendingBodyBytes.ShouldBe(5_000_000);
    }

    [Fact]
    public void Body_IsASliceOfWhatWasRead()
    {
        byte[] payload = "EXEC a 3\nabc"u8.ToArray();
        var buffer = new System.Buffers.ReadOnlySequence<byte>(payload);
        new RequestReader(ProtocolLimits.Default).TryRead(ref buffer, out var request).ShouldBeTrue();
        payload[9] = (byte)'X';
        request.Body.FirstSpan[0].ShouldBe((byte)'X');
    }

    [Fact]
    public void EveryFault_HasACodeAndAMessage()
    {
        foreach (var fault in Enum.GetValues<RequestFault>().Where(f => f != RequestFault.None))
        {
            Enum.IsDefined(fault.ToErrorCode()).ShouldBeTrue();
            fault.ToMessage(ProtocolLimits.Default).ShouldNotBeNullOrWhiteSpace();
        }

        RequestFault.UnknownVerb.ToErrorCode().ShouldBe(ErrorCode.BadHeader);
    }

    private static void Expect(string payload, params Seen[] expected) =>
        Expect(payload, ProtocolLimits.Default, expected);

    private static void Expect(string payload, ProtocolLimits limits, params Seen[] expected) =>
        Expect(Encoding.UTF8.GetBytes(payload), limits, expected);

    private static void Expect(byte[] payload, ProtocolLimits limits, params Seen[] expected)
    {
        foreach (var (name, pieces) in Cuts.All(payload))
            Seen.In(pieces, limits).ShouldBe(expected.ToList(), $"{Encoding.UTF8.GetString(payload)} {name}");
    }
}
