namespace AgenticOS.Inference;

/// <summary>
/// How busy an engine is. Each figure is exact at the end of some recent step; taken together they may be one step
/// apart.
/// </summary>
/// <param name="Slots">Slots in all.</param>
/// <param name="Running">Generations that hold a slot and take part in steps.</param>
/// <param name="Paused">Generations that wait to be resumed, most of them in a slot.</param>
/// <param name="Waiting">Generations that wait for a slot.</param>
/// <param name="KvTokensUsed">Tokens in the cache.</param>
/// <param name="KvTokensTotal">Tokens the cache can hold.</param>
/// <param name="TokensGenerated">Tokens generated since the start.</param>
/// <param name="PromptTokens">Prompt and injected tokens read since the start.</param>
/// <param name="Steps">Steps since the start.</param>
public readonly record struct EngineLoad(
    int Slots,
    int Running,
    int Paused,
    int Waiting,
    int KvTokensUsed,
    int KvTokensTotal,
    long TokensGenerated,
    long PromptTokens,
    long Steps)
{
    /// <summary>Slots that nobody holds and nobody waits for.</summary>
    public int FreeSlots => Math.Max(0, Slots - Running - Paused - Waiting);
}
