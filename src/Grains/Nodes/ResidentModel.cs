using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Output;
using AgenticOS.Inference;
using AgenticOS.Inference.Model;
using AgenticOS.Kernel.Prompting;

namespace AgenticOS.Grains.Nodes;

/// <summary>A model that this silo holds: its weights, the engine over them, and the output of its processes.</summary>
internal sealed class ResidentModel(ModelEntry entry, string device, IModel model, Engine engine, StepOutput output)
    : IAsyncDisposable
{
    /// <summary>The file as it was when it was loaded.</summary>
    public ModelEntry Entry => entry;

    /// <summary>How its turns are written.</summary>
    public PromptFamily Family { get; } = PromptFamilies.FromWire(entry.Family);

    /// <summary>Runs its processes.</summary>
    public Engine Engine => engine;

    /// <summary>Where its processes put what they say.</summary>
    public StepOutput Output => output;

    /// <summary>Its load now.</summary>
    public LoadedModel Report()
    {
        var load = engine.Load;
        return new LoadedModel(
            entry.Id,
            device,
            load.Slots,
            load.Running + load.Paused,
            load.Waiting,
            load.KvTokensUsed,
            load.KvTokensTotal);
    }

    /// <summary>The final prompt: as it is when it carries the family's control tokens, else as a user turn in the
    /// file's own chat template, else in the family's format.</summary>
    public string Shape(string prompt)
    {
        if (PromptFamilies.HasControlTokens(Family, prompt))
            return prompt;
        var templated = model.Facts.ChatTemplate is null
            ? null
            : model.ApplyChatTemplate([new ChatTurn("user", prompt)], openAnswer: true);
        return templated ?? PromptFamilies.WrapUser(Family, prompt);
    }

    /// <summary>Ends its processes and frees its memory.</summary>
    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        model.Dispose();
    }
}
