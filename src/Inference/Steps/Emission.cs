namespace AgenticOS.Inference.Steps;

/// <summary>Phase five, emit: turn each token into text and let the listener have it.</summary>
internal sealed class Emission(EngineRoom room)
{
    internal void Run()
    {
        foreach (ref StepPart part in room.Batch.Parts)
            if (part.Sampled != StepPart.NoToken)
                Emit(ref part);
    }

    private void Emit(ref StepPart part)
    {
        Generation generation = part.Generation;
        generation.Tokens.Add(part.Sampled);
        generation.Generated++;
        bool natural = room.Vocabulary.IsEndOfGeneration(part.Sampled);
        bool last = natural || generation.Generated == generation.MaxTokens;
        ReadOnlySpan<byte> text = generation.Text.Add(natural ? [] : room.Vocabulary.Piece(part.Sampled), last);
        if (natural || generation.Text.Stopped)
            part.End = EndReason.Natural;
        else if (last)
            part.End = EndReason.MaxTokens;
        if (text.IsEmpty)
            return;
        room.Spoke = true;
        part.Verdict = generation.Listener.OnText(text, generation.Generated);
    }
}
