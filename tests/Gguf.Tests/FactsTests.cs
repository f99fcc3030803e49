using AgenticOS.Gguf.Facts;
using AgenticOS.Gguf.Header;

namespace AgenticOS.Gguf.Tests;

public sealed class FactsTests
{
    [Fact]
    public void Facts_ComeFromTheHeader()
    {
        var facts = Facts(GgufWriter.Llama());
        facts.Architecture.ShouldBe("llama");
        facts.Name.ShouldBe("Tiny Llama 3.1");
        facts.Parameters.ShouldBe(256);
        facts.Quantization.ShouldBe("Q8_0");
        facts.ContextLength.ShouldBe(512);
        facts.Layers.ShouldBe(2);
        facts.EmbeddingLength.ShouldBe(64);
        facts.Heads.ShouldBe(8);
        facts.KvHeads.ShouldBe([4, 4]);
        facts.KeyLength.ShouldBe(8);
        facts.ValueLength.ShouldBe(8);
        facts.VocabularySize.ShouldBe(3);
        facts.TokenizerModel.ShouldBe("gpt2");
        facts.TokenizerPre.ShouldBe("llama-bpe");
        facts.ChatTemplate.ShouldBe("{{ '<|start_header_id|>' }}");
        (facts.Part, facts.Parts).ShouldBe((1, 1));
        facts.WeightBytes.ShouldBe(460);
    }

    [Fact]
    public void KvBytesPerToken_FollowTheFormula()
    {
        // 2 layers x 4 heads x (8 + 8) x 2 bytes.
        Facts(GgufWriter.Llama()).KvBytesPerToken.ShouldBe(256);
        // Llama 3.1 8B: 32 layers x 8 heads x 256 x 2 bytes = 128 KiB.
        Facts(GgufWriter.Llama().Whole("llama.block_count", 32).Whole("llama.embedding_length", 4_096)
            .Whole("llama.attention.head_count", 32).Whole("llama.attention.head_count_kv", 8))
            .KvBytesPerToken.ShouldBe(128 << 10);
        // Own lengths of keys and values, and layers without a cache.
        Facts(GgufWriter.Llama().Whole("llama.attention.key_length", 10).Whole("llama.attention.value_length", 6)
            .Wholes("llama.attention.head_count_kv", 4, 0)).KvBytesPerToken.ShouldBe(128);
        // No head_count_kv: as many as heads.
        Facts(GgufWriter.Llama().Without("llama.attention.head_count_kv")).KvBytesPerToken.ShouldBe(512);
    }

    [Fact]
    public void TheMemoryEstimate_IsWeightsKvAndCompute()
    {
        var need = MemoryNeed.Of(Facts(GgufWriter.Llama()), slots: 4, contextPerSlot: 512);
        need.WeightBytes.ShouldBe(460);
        need.KvBytes.ShouldBe(4 * 512 * 256);
        need.ComputeBytes.ShouldBe((16 << 20) + (512 * 4 * (3 + (8 * 64))));
        need.TotalBytes.ShouldBe(need.WeightBytes + need.KvBytes + need.ComputeBytes);
    }

    [Theory]
    [InlineData(0u, "F32")]
    [InlineData(15u, "Q4_K_M")]
    [InlineData(1_039u, "Q4_K_M")]
    [InlineData(777u, "Q8_0")]
    public void AQuantisation_IsNamedByTheFileOrItsTensors(uint fileType, string expected) =>
        Facts(GgufWriter.Llama().Whole("general.file_type", fileType)).Quantization.ShouldBe(expected);

    [Fact]
    public void WithoutAFileType_MostElementsDecide() =>
        Facts(GgufWriter.Llama().Without("general.file_type")).Quantization.ShouldBe("Q8_0");

    [Fact]
    public void WhatAModelCannotLack_IsAFault()
    {
        Fault(GgufWriter.Llama().Without("general.architecture"))
            .ShouldBe(new GgufFault.Malformed("general.architecture is missing"));
        Fault(GgufWriter.Llama().Whole("llama.block_count", 4_097))
            .ShouldBe(new GgufFault.HeaderTooLarge("4097 layers, more than 4096"));
        Fault(GgufWriter.Llama().Wholes("llama.attention.head_count_kv", 4))
            .ShouldBe(new GgufFault.Malformed("llama.attention.head_count_kv does not fit 2 layers"));
        Fault(GgufWriter.Llama().Whole("split.count", 2).Whole("split.no", 2))
            .ShouldBe(new GgufFault.Malformed("part 3 of 2"));
    }

    [Fact]
    public void WhatAModelMayLack_IsMissingWithoutFault()
    {
        var facts = Facts(new GgufWriter().Text("general.architecture", "odd").Tensor("t", 0, 4, 1));
        facts.Name.ShouldBeNull();
        facts.ChatTemplate.ShouldBeNull();
        facts.KvBytesPerToken.ShouldBe(0);
        MemoryNeed.Of(facts, 1, 1).TotalBytes.ShouldBe(MemoryNeed.ComputeFloor + 4);
    }

    private static GgufFacts Facts(GgufWriter writer) =>
        Reading(writer).ShouldBeOfType<FactsReading.Read>().Facts;

    private static GgufFault Fault(GgufWriter writer) =>
        Reading(writer).ShouldBeOfType<FactsReading.Faulty>().Fault;

    private static FactsReading Reading(GgufWriter writer) => GgufFacts.From(
        GgufHeader.Read(new MemoryStream(writer.ToArray())).ShouldBeOfType<HeaderReading.Read>().Header);
}
