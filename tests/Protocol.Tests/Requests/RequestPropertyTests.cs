using System.Buffers;
using System.Text;
using AgenticOS.Protocol.Requests;
using FsCheck;
using FsCheck.Fluent;

namespace AgenticOS.Protocol.Tests.Requests;

public class RequestPropertyTests
{
    [Fact]
    public void AnyBytes_InAnyPieces_AreReadAsTheGrammarSays() =>
        Prop.ForAll<byte[][]>(pieces =>
        {
            var given = pieces.Select(p => p ?? []).ToArray();
            var payload = given.SelectMany(p => p).ToArray();
            var expected = GrammarModel.Read(payload, ProtocolLimits.Default).Found;
            return Seen.In(given, ProtocolLimits.Default).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhatTheWriterWrites_TheReaderFinds() =>
        Prop.ForAll<NonEmptyArray<byte[]>>(bodies =>
        {
            var writer = new ArrayBufferWriter<byte>();
            var expected = new List<Seen>();
            foreach (var (body, i) in bodies.Get.Select((b, i) => (b ?? [], i)))
            {
                var verb = (Verb)(1 + (i % (Enum.GetValues<Verb>().Length - 1)));
                RequestWriter.Write(writer, verb, $"agent-{i}", body);
                expected.Add(Seen.Command(verb, $"agent-{i}", Encoding.Latin1.GetString(body)));
            }

            return Seen.In([writer.WrittenSpan.ToArray()], ProtocolLimits.Default).SequenceEqual(expected);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AgentWithBlanks_IsRefusedByTheWriter()
    {
        foreach (var name in new[] { "", "a b", "a\tb", "a\nb", "a\r" })
        {
            var writer = new ArrayBufferWriter<byte>();
            Should.Throw<ArgumentException>(() => RequestWriter.Write(writer, Verb.Ping, name, ""));
        }
    }
}
