using AgenticOS.Grains.Nodes;
using AgenticOS.Inference;
using AgenticOS.Kernel.Generation;
using AgenticOS.Kernel.Prompting;

namespace AgenticOS.Grains.Processes;

/// <summary>Says in the engine's words what a process is to generate.</summary>
internal static class GenerationRequests
{
    /// <summary>How far back a repeat penalty looks, in tokens; llama.cpp's own default.</summary>
    private const int RepeatLastN = 64;

    /// <summary>The request for a prompt as the client wrote it.</summary>
    public static GenerationRequest Of(ResidentModel model, string prompt, GenerationSettings settings) => new(
        model.Shape(prompt),
        new SamplingSettings(
            settings.Temperature,
            settings.TopK,
            settings.TopP,
            settings.MinP,
            settings.RepeatPenalty,
            RepeatLastN,
            settings.Seed),
        settings.MaxTokens,
        PromptFamilies.StopTexts(model.Family));
}
