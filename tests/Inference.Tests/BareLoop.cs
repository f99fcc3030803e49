using AgenticOS.Inference.Model;
using AgenticOS.Inference.Text;

namespace AgenticOS.Inference.Tests;

/// <summary>
/// The reference: one sequence, one token after another, the plainest argmax. What the engine does for many at once
/// must be what this does for one.
/// </summary>
internal sealed class BareLoop(IModel model) : IDisposable
{
    private readonly IModelContext _context = model.CreateContext(new ContextShape(1, 2048, 2048));

    /// <summary>All tokens: those given, then <paramref name="count"/> greedy ones, fewer when the turn ends.</summary>
    internal List<int> Continue(IReadOnlyList<int> tokens, int count)
    {
        _context.Forget(0, 0);
        List<int> all = [.. tokens];
        int cached = 0;
        for (int generated = 0; generated < count; generated++)
        {
            BatchToken[] batch = [.. all.Skip(cached)
                .Select((token, i) => new BatchToken(token, cached + i, 0, cached + i == all.Count - 1))];
            _context.Decode(batch).ShouldBe(DecodeStatus.Done);
            Span<float> logits = _context.Logits(batch.Length - 1);
            int best = 0;
            for (int token = 1; token < logits.Length; token++)
                if (logits[token] > logits[best])
                    best = token;
            cached = all.Count;
            all.Add(best);
            if (model.Vocabulary.IsEndOfGeneration(best))
                break;
        }

        return all;
    }

    /// <summary>
    /// Insists that a generation's tokens are the greedy ones for its prompt, and that its text is their text.
    /// Computing many at once rounds differently, so a token may be another one that was as good as the best.
    /// </summary>
    internal void Confirm(IGeneration generation, Recorder recorder)
    {
        const float AsGood = 0.05f;
        recorder.Broken.ShouldBeNull();
        Generation whole = generation.ShouldBeOfType<Generation>();
        List<int> tokens = whole.Tokens;
        whole.Generated.ShouldBe(tokens.Count - whole.PromptTokens);
        _context.Forget(0, 0);
        BatchToken[] batch = [.. tokens.Select((token, i) => new BatchToken(token, i, 0, true))];
        _context.Decode(batch).ShouldBe(DecodeStatus.Done);
        for (int at = whole.PromptTokens; at < tokens.Count; at++)
        {
            ReadOnlySpan<float> logits = _context.Logits(at - 1);
            float best = float.MinValue;
            foreach (float logit in logits)
                best = Math.Max(best, logit);
            logits[tokens[at]].ShouldBeGreaterThan(best - AsGood, $"token {at} of {tokens.Count}");
        }

        recorder.Text.ShouldBe(TextOf(tokens.Skip(whole.PromptTokens)));
    }

    /// <summary>The text of a greedy answer to a prompt.</summary>
    internal string Answer(string prompt, int count)
    {
        int[] tokens = model.Vocabulary.TokenizePrompt(prompt);
        return TextOf(Continue(tokens, count).Skip(tokens.Length));
    }

    internal string TextOf(IEnumerable<int> tokens)
    {
        byte[] bytes = [.. tokens.Where(token => !model.Vocabulary.IsEndOfGeneration(token))
            .SelectMany(token => model.Vocabulary.Piece(token).ToArray())];
        return System.Text.Encoding.UTF8.GetString(bytes);
    }

    public void Dispose() => _context.Dispose();
}
