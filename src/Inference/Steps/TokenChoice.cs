using System.Runtime.InteropServices;

namespace AgenticOS.Inference.Steps;

/// <summary>Phase four, sample: choose the next token of everybody whose tokens are all in the cache.</summary>
internal sealed class TokenChoice(EngineRoom room)
{
    internal void Run()
    {
        foreach (ref StepPart part in room.Batch.Parts)
        {
            part.Sampled = StepPart.NoToken;
            Generation generation = part.Generation;
            if (part.Row == StepPart.NoRow || generation.Cancelled)
                continue;
            part.Sampled = generation.Sampler.Choose(
                room.Context.Logits(part.Row), CollectionsMarshal.AsSpan(generation.Tokens), room.Scratch);
            if (part.Sampled == StepPart.NoToken)
                part.End = EndReason.Failed;
        }
    }
}
