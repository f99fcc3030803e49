using System.Buffers;
using System.Text;
using AgenticOS.Protocol.Requests;
using Xunit.Abstractions;

namespace AgenticOS.Protocol.Tests.Requests;

/// <summary>One million hostile inputs. Each is cut at random, read, compared with <see cref="GrammarModel"/>, and then
/// the reader must find a PING again. The seed is printed; AGENTICOS_FUZZ_SEED replays it.</summary>
public class RequestFuzzTests(ITestOutputHelper output)
{
    private const int Inputs = 1_000_000;

    private static readonly ProtocolLimits Limits = new() { HeaderBytes = 40, BodyBytes = 24, SkippedBytes = 64 };

    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "PING", "exec", "Status", "NOPE", "a", "agent-1", "0", "1", "3", "24", "25", "26", "64", "65", "00002",
            "99999999999999999999999", "-1", "+1", "x", "PING a 0\n", "EXEC b 5\nhello", "NOPE c 4\nPING", "\n", "\r\n",
            "\r", " ", "\t", "  ", " 2\n", " 0\n", "\0", "SHUTDOWN s 0\n",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "ü",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0x80, 0xBF],
    ];

    [Fact]
    public void AMillionInputs_AreReadAsTheGrammarSays()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("AGENTICOS_FUZZ_SEED"), out var given)
            ? given
            : Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var found = 0L;
        for (var i = 0; i < Inputs; i++)
        {
            var payload = Generate(random);
            var cuts = random.Next();
            try
            {
                found += Check(payload, new Random(cuts));
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(
                    $"seed {seed}, input {i}, cuts {cuts}: {Convert.ToHexString(payload)}", failure);
            }
        }

        output.WriteLine($"{Inputs} inputs, {found} requests and refusals");
        found.ShouldBeGreaterThan(Inputs / 2, "the generator must hit the grammar often enough to test it");
    }

    private static byte[] Generate(Random random)
    {
        var writer = new ArrayBufferWriter<byte>(96);
        var words = random.Next(1, 12);
        for (var i = 0; i < words; i++)
        {
            writer.Write(Words[random.Next(Words.Length)]);
            if (random.Next(3) == 0)
                writer.Write(" "u8);
        }

        var payload = writer.WrittenSpan.ToArray();
        for (var flips = random.Next(4) == 0 ? random.Next(1, 4) : 0; flips > 0; flips--)
            payload[random.Next(payload.Length)] = (byte)random.Next(256);
        return payload;
    }

    private static int Check(byte[] payload, Random random)
    {
        var expected = GrammarModel.Read(payload, Limits);
        var reader = new RequestReader(Limits);
        var inbox = new Pieces();
        var seen = new List<Seen>(expected.Found.Count);
        for (var at = 0; at < payload.Length;)
        {
            var length = Math.Min(random.Next(1, 24), payload.Length - at);
            var buffer = inbox.Add(payload.AsMemory(at, length));
            while (reader.TryRead(ref buffer, out var request))
                seen.Add(Seen.Of(request));
            inbox.Keep(buffer);
            at += length;
            if (inbox.Left > Limits.HeaderBytes)
                throw new InvalidOperationException($"{inbox.Left} bytes kept, more than a header or a body.");
        }

        if (!seen.SequenceEqual(expected.Found))
        {
            var wanted = string.Join("; ", expected.Found);
            throw new InvalidOperationException($"expected {wanted}\nbut read {string.Join("; ", seen)}");
        }

        Resynchronises(reader, inbox, payload, expected.Missing);
        return seen.Count;
    }

    /// <summary>Ends whatever the payload left open (a line, and the body that line may ask for); then a PING must be
    /// found.</summary>
    private static void Resynchronises(RequestReader reader, Pieces inbox, byte[] payload, long missing)
    {
        byte[] closing = missing < 0 ? [] : [.. new byte[missing], (byte)'\n'];
        while (missing >= 0 && (missing = GrammarModel.Read([.. payload, .. closing], Limits).Missing) > 0)
            closing = [.. closing, .. new byte[missing]];
        var seen = Seen.In([[.. closing, .. "\nPING probe 0\n"u8]], reader, inbox);
        var isFound = seen.Count > 0 && seen[^1] == Seen.Command(Verb.Ping, "probe");
        if (isFound != missing >= 0)
            throw new InvalidOperationException($"found {string.Join("; ", seen)} after {missing} missing bytes");
    }
}
