using AgenticOS.Inference.Sampling;

namespace AgenticOS.Inference.Tests;

public sealed class SamplingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(512)]
    [InlineData(1023)]
    [InlineData(5000)]
    public void LargestLogit_IsTheFirstLargest_NumbersOnly(int count)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            float[] logits = RandomLogits(count, seed);
            if (seed % 5 == 0)
                logits[seed % count] = float.NaN;
            if (seed % 7 == 0)
                logits[^1] = logits[0] = 50;
            int expected = -1;
            for (int token = 0; token < count; token++)
                if (!float.IsNaN(logits[token]) && (expected < 0 || logits[token] > logits[expected]))
                    expected = token;
            LargestLogit.Find(logits).ShouldBe(expected, $"count {count}, seed {seed}");
        }
    }

    [Fact]
    public void LargestLogit_NoNumberAtAll_IsNone() =>
        LargestLogit.Find([float.NaN, float.NaN, float.NegativeInfinity]).ShouldBe(-1);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(2048)]
    public void CandidateHeap_Picks_WhatSortingWould(int limit)
    {
        var heap = new CandidateHeap();
        for (int seed = 0; seed < 30; seed++)
        {
            float[] logits = [.. RandomLogits(3001, seed).Select(logit => MathF.Round(logit, 1))];
            Candidate[] expected =
            [
                .. logits.Select((logit, token) => new Candidate(logit, token))
                    .Where(candidate => candidate.Logit >= -1.5f)
                    .OrderByDescending(candidate => candidate.Logit).ThenBy(candidate => candidate.Token).Take(limit),
            ];
            heap.Pick(logits, limit, -1.5f).ToArray().ShouldBe(expected, $"limit {limit}, seed {seed}");
        }
    }

    [Fact]
    public void TopP_LeavesOnlyTheNucleus()
    {
        // Probabilities one half, a quarter, an eighth, an eighth.
        float[] logits = [MathF.Log(0.5f), MathF.Log(0.25f), MathF.Log(0.125f), MathF.Log(0.125f)];
        Drawn(logits, new SamplingSettings(1, 0, 0.7f, 0, 1, 0, 1)).Keys.Order().ShouldBe([0, 1]);
        Drawn(logits, new SamplingSettings(1, 0, 0.4f, 0, 1, 0, 1)).Keys.ShouldBe([0]);
        Drawn(logits, new SamplingSettings(1, 0, 1, 0.3f, 1, 0, 1)).Keys.Order().ShouldBe([0, 1]);
        Drawn(logits, new SamplingSettings(1, 3, 1, 0, 1, 0, 1)).Keys.Order().ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void Draws_FollowTheProbabilities_AndTheTemperature()
    {
        float[] logits = [MathF.Log(0.5f), MathF.Log(0.25f), MathF.Log(0.125f), MathF.Log(0.125f)];
        Dictionary<int, int> plain = Drawn(logits, new SamplingSettings(1, 0, 1, 0, 1, 0, 3));
        plain[0].ShouldBeInRange(9_700, 10_300);
        plain[1].ShouldBeInRange(4_750, 5_250);
        Dictionary<int, int> cold = Drawn(logits, new SamplingSettings(0.5f, 0, 1, 0, 1, 0, 3));

        // Squared probabilities: 16, 4, 1 and 1 of 22.
        cold[0].ShouldBeInRange(14_200, 14_900);
    }

    [Fact]
    public void RepeatPenalty_MakesARecentTokenLessLikely_OnceAndOnlyWhileRecent()
    {
        var scratch = new SamplerScratch(3);
        var sampler = new TokenSampler(SamplingSettings.Greedy with { RepeatPenalty = 2, RepeatLastN = 2 });
        sampler.Choose([3, 2, -1], [0, 0], scratch).ShouldBe(1);
        sampler.Choose([5, 2, -1], [0, 0], scratch).ShouldBe(0, "halved once, not twice");
        sampler.Choose([3, 2, -1], [0, 1, 1], scratch).ShouldBe(0, "beyond the window");
        sampler.Choose([-1, -1.9f, -1.5f], [0, 2], scratch).ShouldBe(1, "negative logits grow");
    }

    [Fact]
    public void Generator_GivesThePublishedNumbers()
    {
        // SplitMix64 from zero begins with e220a8397b1dcdaf, 6e789e6aa1b965f4, 06c45d188009454f, f88bb8a8724c81ec
        // (its authors' example); xoshiro256** returns rotl(second * 5, 7) * 9 first.
        ulong second = 0x6e789e6aa1b965f4;
        ulong expected = System.Numerics.BitOperations.RotateLeft(second * 5, 7) * 9;
        new Xoshiro256(0).Next().ShouldBe(expected);
    }

    private static Dictionary<int, int> Drawn(float[] logits, SamplingSettings settings)
    {
        var sampler = new TokenSampler(settings);
        var scratch = new SamplerScratch(logits.Length);
        var counts = new Dictionary<int, int>();
        for (int i = 0; i < 20_000; i++)
        {
            int token = sampler.Choose([.. logits], [], scratch);
            counts[token] = counts.GetValueOrDefault(token) + 1;
        }

        return counts;
    }

    private static float[] RandomLogits(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 20) - 10))];
    }
}
