using AgenticOS.Gguf.Header;

namespace AgenticOS.Gguf.Tests;

public sealed class HeaderTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void AValidFile_IsRead(uint version)
    {
        var header = Read(Rewritten(GgufWriter.Llama(), version)).ShouldBeOfType<HeaderReading.Read>().Header;
        header.Version.ShouldBe(version);
        header.Text("general.name").ShouldBe("Tiny Llama 3.1");
        header.Number("llama.block_count").ShouldBe(2);
        header.Metadata["llama.rope.freq_base"].ShouldBe(new GgufValue.Real(10_000));
        header.Items("tokenizer.ggml.tokens")!.Count.ShouldBe(3);
        header.Items("tokenizer.ggml.tokens")!.Numbers.ShouldBeNull();
        header.Tensors.Select(tensor => $"{tensor.Name} {tensor.Type.Name} {tensor.Elements} {tensor.Bytes}")
            .ShouldBe(["token_embd.weight Q8_0 192 204", "output_norm.weight F32 64 256"]);
    }

    [Fact]
    public void EveryKindOfValue_IsRead()
    {
        var header = Read(new GgufWriter()
            .Value("u8", 0, writer => writer.Write((byte)200))
            .Value("i8", 1, writer => writer.Write((sbyte)-5))
            .Value("u16", 2, writer => writer.Write((ushort)60_000))
            .Value("i16", 3, writer => writer.Write((short)-5))
            .Value("i32", 5, writer => writer.Write(-5))
            .Value("flag", 7, writer => writer.Write(true))
            .Value("u64", 10, writer => writer.Write(ulong.MaxValue))
            .Value("i64", 11, writer => writer.Write(long.MinValue))
            .Value("f64", 12, writer => writer.Write(0.5))
            .Wholes("numbers", 1, -2, 3)
            .ToArray()).ShouldBeOfType<HeaderReading.Read>().Header;
        header.Metadata["u8"].ShouldBe(new GgufValue.Whole(200));
        header.Metadata["i8"].ShouldBe(new GgufValue.Whole(-5));
        header.Metadata["u16"].ShouldBe(new GgufValue.Whole(60_000));
        header.Metadata["i16"].ShouldBe(new GgufValue.Whole(-5));
        header.Metadata["i32"].ShouldBe(new GgufValue.Whole(-5));
        header.Metadata["flag"].ShouldBe(new GgufValue.Flag(true));
        header.Metadata["u64"].ShouldBe(new GgufValue.Whole(ulong.MaxValue));
        header.Metadata["i64"].ShouldBe(new GgufValue.Whole(long.MinValue));
        header.Metadata["f64"].ShouldBe(new GgufValue.Real(0.5));
        header.Items("numbers")!.Numbers.ShouldBe([1L, -2, 3]);
        header.Number("i32").ShouldBeNull("a negative number is none that a caller could use");
    }

    [Fact]
    public void NestedArrays_ArePassedOver_UpToALimit()
    {
        byte[] Nested(int depth) => new GgufWriter().Value("nested", 9, writer =>
        {
            for (var i = 1; i < depth; i++)
            {
                writer.Write(9u);
                writer.Write(1ul);
            }

            writer.Write(0u);
            writer.Write(64ul);
            writer.Write(new byte[64]);
        }).Whole("after", 7).ToArray();
        Read(Nested(4)).ShouldBeOfType<HeaderReading.Read>().Header.Number("after").ShouldBe(7);
        Fault(Nested(200)).ShouldBe(new GgufFault.HeaderTooLarge("nested is nested too deeply"));
    }

    [Fact]
    public void WhatIsNoGguf_IsNamedSo()
    {
        Fault([]).ShouldBe(new GgufFault.Empty());
        Fault("PK\x3\x4 and so on"u8.ToArray()).ShouldBe(new GgufFault.NotGguf());
        Fault("{}"u8.ToArray()).ShouldBe(new GgufFault.NotGguf());
        Fault("GG"u8.ToArray()).ShouldBe(new GgufFault.Truncated(4, 2));
        Fault(Rewritten(GgufWriter.Llama(), 1)).ShouldBe(new GgufFault.UnsupportedVersion(1, false));
        Fault(Rewritten(GgufWriter.Llama(), 4)).ShouldBe(new GgufFault.UnsupportedVersion(4, false));
        Fault(Rewritten(GgufWriter.Llama(), 0x03000000)).ShouldBe(new GgufFault.UnsupportedVersion(0x03000000, true));
    }

    [Fact]
    public void CountsBeyondTheLimits_AreRefused()
    {
        Fault(new GgufWriter { KeyCount = 65_537 }.ToArray())
            .ShouldBe(new GgufFault.HeaderTooLarge("65537 keys, more than 65536"));
        Fault(new GgufWriter { TensorCount = ulong.MaxValue }.ToArray())
            .ShouldBe(new GgufFault.HeaderTooLarge("18446744073709551615 tensors, more than 65536"));
        Fault(new GgufWriter { KeyCount = 65_536 }.ToArray()).ShouldBeOfType<GgufFault.Truncated>();
    }

    [Fact]
    public void AKeyTwice_IsMalformed() =>
        Fault(GgufWriter.Llama().Again("general.name", 8, writer =>
        {
            writer.Write(1ul);
            writer.Write((byte)'x');
        }).ToArray()).ShouldBe(new GgufFault.Malformed("general.name stands there twice"));

    [Fact]
    public void AnUnknownType_IsMalformed() =>
        Fault(new GgufWriter().Value("odd", 13, writer => writer.Write(0)).ToArray())
            .ShouldBe(new GgufFault.Malformed("odd has the unknown type 13"));

    [Fact]
    public void AClaimedLength_IsCheckedBeforeItIsBelieved()
    {
        foreach (var length in new[] { 1ul << 20, 1ul << 40, ulong.MaxValue, (ulong)long.MaxValue })
        {
            foreach (var type in new[] { 8u, 9u })
            {
                var bytes = new GgufWriter().Value("big", type, writer =>
                {
                    if (type == 9)
                        writer.Write(11u);
                    writer.Write(length);
                }).ToArray();
                var before = GC.GetAllocatedBytesForCurrentThread();
                var fault = Fault(bytes);
                (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20, $"{type} {length}");
                (fault is GgufFault.Truncated or GgufFault.Malformed).ShouldBeTrue(fault.ToString());
            }
        }
    }

    [Fact]
    public void ATensorThatCannotBeCounted_IsMalformed()
    {
        Fault(new GgufWriter().Tensor("t", 0, 0, ulong.MaxValue).ToArray()).ShouldBeOfType<GgufFault.Malformed>();
        Fault(new GgufWriter().Tensor("t", 0, 0, 1ul << 32, 1ul << 32).ToArray()).ShouldBeOfType<GgufFault.Malformed>();
        Fault(new GgufWriter().Tensor("t", 0, 0, 1, 1, 1, 1, 1).ToArray())
            .ShouldBe(new GgufFault.Malformed("a tensor of 5 dimensions"));
    }

    [Fact]
    public void TensorsBeyondTheEndOfTheFile_AreATruncation() =>
        Fault(new GgufWriter().Tensor("t", 0, 0, 1_000).ToArray()).ShouldBe(new GgufFault.Truncated(4_064, 64));

    [Fact]
    public void ATypeThatIsNotKnownHere_IsNoFault() =>
        Read(new GgufWriter().Tensor("t", 99, 0, 1_000).ToArray()).ShouldBeOfType<HeaderReading.Read>()
            .Header.Tensors[0].Type.Name.ShouldBe("type 99");

    [Fact]
    public void AnOddAlignment_IsMalformed() =>
        Fault(new GgufWriter().Whole("general.alignment", 24).ToArray())
            .ShouldBe(new GgufFault.Malformed("general.alignment is no power of two"));

    [Fact]
    public void MetadataThatIsKept_HasALimit()
    {
        var writer = new GgufWriter();
        for (var i = 0; i < 9; i++)
            writer.Text($"key{i}", new string('x', 1 << 20));
        Fault(writer.ToArray()).ShouldBe(new GgufFault.HeaderTooLarge("more than 8388608 bytes of metadata"));
        Fault(new GgufWriter().Text("long", new string('x', GgufLimits.TextBytes + 1)).ToArray())
            .ShouldBe(new GgufFault.HeaderTooLarge("the text of long of 2097153 bytes, more than 2097152"));
        Read(new GgufWriter().Text("long", new string('x', GgufLimits.TextBytes)).ToArray())
            .ShouldBeOfType<HeaderReading.Read>();
    }

    private static HeaderReading Read(byte[] bytes) => GgufHeader.Read(new MemoryStream(bytes));

    private static GgufFault Fault(byte[] bytes) => Read(bytes).ShouldBeOfType<HeaderReading.Faulty>().Fault;

    private static byte[] Rewritten(GgufWriter writer, uint version)
    {
        var bytes = writer.ToArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(4), version);
        return bytes;
    }
}
