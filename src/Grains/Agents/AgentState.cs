using AgenticOS.Kernel.Generation;

namespace AgenticOS.Grains.Agents;

/// <summary>What an agent remembers: only what it was told, so that it can be laid over the defaults of any
/// model.</summary>
[GenerateSerializer, Alias("agenticos.agent-state")]
public sealed class AgentState
{
    /// <summary>The temperature it was told, if any.</summary>
    [Id(0)]
    public float? Temperature { get; set; }

    /// <summary>Its top_p, if any.</summary>
    [Id(1)]
    public float? TopP { get; set; }

    /// <summary>Its top_k, if any.</summary>
    [Id(2)]
    public int? TopK { get; set; }

    /// <summary>Its min_p, if any.</summary>
    [Id(3)]
    public float? MinP { get; set; }

    /// <summary>Its repeat_penalty, if any.</summary>
    [Id(4)]
    public float? RepeatPenalty { get; set; }

    /// <summary>Its seed, if any.</summary>
    [Id(5)]
    public ulong? Seed { get; set; }

    /// <summary>Its max_tokens, if any.</summary>
    [Id(6)]
    public int? MaxTokens { get; set; }

    /// <summary>The settings as the Kernel's noun.</summary>
    internal GenerationChange Change
    {
        get => new()
        {
            Temperature = Temperature,
            TopP = TopP,
            TopK = TopK,
            MinP = MinP,
            RepeatPenalty = RepeatPenalty,
            Seed = Seed,
            MaxTokens = MaxTokens,
        };
        set => (Temperature, TopP, TopK, MinP, RepeatPenalty, Seed, MaxTokens) =
            (value.Temperature, value.TopP, value.TopK, value.MinP, value.RepeatPenalty, value.Seed, value.MaxTokens);
    }
}
