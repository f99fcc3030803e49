using System.Buffers;
using System.Text;

namespace AgenticOS.Protocol.Tests;

public class TextPayloadTests
{
    [Fact]
    public void Utf8_IsDecodedUntouched()
    {
        TextPayload.TryDecode(new ReadOnlySequence<byte>(" è 🦙\n"u8.ToArray()), out var text).ShouldBeTrue();
        text.ShouldBe(" è 🦙\n");
    }

    [Fact]
    public void BytesThatAreNotUtf8_AreRefusedInAnySegments()
    {
        foreach (var bytes in new byte[][] { [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0x61, 0x80] })
        {
            TextPayload.TryDecode(new ReadOnlySequence<byte>(bytes), out _).ShouldBeFalse();
            TextPayload.TryDecode(new Pieces().Add(bytes), out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void CharacterAcrossSegments_IsDecoded()
    {
        var inbox = new Pieces();
        inbox.Add(new byte[] { 0xC3 });
        TextPayload.TryDecode(inbox.Add(new byte[] { 0xA8 }), out var text).ShouldBeTrue();
        text.ShouldBe("è");
    }

    [Fact]
    public void LongText_IsCutBetweenCharacters()
    {
        var text = Encoding.UTF8.GetBytes("aè🦙z");
        var cuts = Enumerable.Range(4, 6).Select(limit => TextPayload.CutBetweenCharacters(text, limit));
        cuts.ShouldBe([3, 3, 3, 7, 8, 8]);
    }
}
