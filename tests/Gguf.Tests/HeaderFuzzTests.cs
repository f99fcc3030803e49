using AgenticOS.Gguf.Facts;
using AgenticOS.Gguf.Header;

namespace AgenticOS.Gguf.Tests;

public sealed class HeaderFuzzTests
{
    private const int Seed = 20_261_122;
    private const int Mutations = 20_000;
    private const long AllocationLimit = 4L << 20;

    [Fact]
    public void EveryTruncation_HasAnOutcome()
    {
        var bytes = GgufWriter.Llama().ToArray();
        Outcome(bytes).ShouldBeNull();
        for (var length = 0; length < bytes.Length; length++)
            Outcome(bytes[..length]).ShouldNotBeNull($"cut at {length} of {bytes.Length}");
    }

    [Fact]
    public void RandomMutations_HaveAnOutcome_AndBoundedMemory()
    {
        var valid = GgufWriter.Llama().Wholes("some.numbers", 1, 2, 3).ToArray();
        var random = new Random(Seed);
        for (var i = 0; i < Mutations; i++)
        {
            var bytes = Mutate(valid, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Outcome(bytes);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Mutation {i} of seed {Seed} threw.", fault);
            }

            (GC.GetAllocatedBytesForCurrentThread() - before)
                .ShouldBeLessThan(AllocationLimit, $"mutation {i} of seed {Seed}");
        }
    }

    private static byte[] Mutate(byte[] valid, Random random)
    {
        var bytes = valid.ToArray();
        var changes = random.Next(1, 9);
        for (var i = 0; i < changes; i++)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.AsSpan(at, Math.Min(random.Next(1, 9), bytes.Length - at)).Fill(0xFF);
                    break;
                default:
                    var length = Math.Min(random.Next(1, 64), bytes.Length - at);
                    bytes.AsSpan(random.Next(bytes.Length - length), length).CopyTo(bytes.AsSpan(at));
                    break;
            }
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static GgufFault? Outcome(byte[] bytes)
    {
        if (GgufHeader.Read(new MemoryStream(bytes)) is not HeaderReading.Read read)
            return ((HeaderReading.Faulty)GgufHeader.Read(new MemoryStream(bytes))).Fault;
        if (GgufFacts.From(read.Header) is not FactsReading.Read facts)
            return ((FactsReading.Faulty)GgufFacts.From(read.Header)).Fault;
        MemoryNeed.Of(facts.Facts, 16, 8_192).TotalBytes.ShouldBePositive();
        return null;
    }
}
