using AgenticOS.Inference.Model;

namespace AgenticOS.Inference;

/// <summary>What one step computes: the tokens, and whose they are.</summary>
internal sealed class StepBatch(int tokens, int slots)
{
    private readonly BatchToken[] _tokens = new BatchToken[tokens];
    private readonly StepPart[] _parts = new StepPart[slots];
    private int _tokenCount;
    private int _partCount;

    internal ReadOnlySpan<BatchToken> Tokens => _tokens.AsSpan(0, _tokenCount);

    internal Span<StepPart> Parts => _parts.AsSpan(0, _partCount);

    internal int Room => _tokens.Length - _tokenCount;

    internal void Clear()
    {
        _parts.AsSpan(0, _partCount).Clear();
        _tokenCount = _partCount = 0;
    }

    /// <summary>Adds the next tokens of a generation, and asks for logits after the last one it has.</summary>
    internal void Add(Generation generation, int count)
    {
        int last = generation.Tokens.Count - 1;
        for (int position = generation.Cached; position < generation.Cached + count; position++)
            _tokens[_tokenCount++] = new BatchToken(
                generation.Tokens[position], position, generation.Slot, position == last);
        bool reachesEnd = generation.Cached + count > last;
        _parts[_partCount++] = new StepPart
        {
            Generation = generation,
            Fed = count,
            Row = reachesEnd ? _tokenCount - 1 : StepPart.NoRow,
        };
    }
}

/// <summary>One generation's part in a step, filled in phase by phase.</summary>
internal struct StepPart
{
    /// <summary>This part asked for no logits.</summary>
    internal const int NoRow = -1;

    /// <summary>No token was sampled.</summary>
    internal const int NoToken = -1;

    /// <summary>Whose part it is.</summary>
    internal required Generation Generation;

    /// <summary>How many of its tokens the batch carries.</summary>
    internal required int Fed;

    /// <summary>The row of the batch its next token is sampled from.</summary>
    internal required int Row;

    /// <summary>What the listener said to the text of this step.</summary>
    internal ListenerVerdict Verdict;

    /// <summary>Why it ends with this step, if it does.</summary>
    internal EndReason? End;

    /// <summary>The token that was sampled.</summary>
    internal int Sampled;
}
