namespace AgenticOS.Inference.Model;

/// <summary>
/// The working memory of a model: a cache of sequences, and the computation over it. One thread at a time;
/// only <see cref="Abort"/> may come from anywhere.
/// </summary>
public interface IModelContext : IDisposable
{
    /// <summary>How many sequences it can hold; their ids run from zero to one below it.</summary>
    int Sequences { get; }

    /// <summary>Tokens it can hold in all.</summary>
    int Capacity { get; }

    /// <summary>Tokens one sequence can hold.</summary>
    int CapacityPerSequence { get; }

    /// <summary>The most tokens one decode may carry.</summary>
    int BatchTokens { get; }

    /// <summary>
    /// Computes a batch. On <see cref="DecodeStatus.Done"/> every row that asked for logits has them; on
    /// <see cref="DecodeStatus.NoRoom"/> and <see cref="DecodeStatus.Invalid"/> the cache is as before; after
    /// <see cref="DecodeStatus.Aborted"/> and <see cref="DecodeStatus.Failed"/> part of the batch may be in it, and
    /// the caller removes what it does not want.
    /// </summary>
    DecodeStatus Decode(ReadOnlySpan<BatchToken> batch);

    /// <summary>
    /// The logits of a row of the last batch, one for each token of the vocabulary. The caller may write into them.
    /// Valid until the next decode.
    /// </summary>
    Span<float> Logits(int row);

    /// <summary>
    /// Forgets a sequence from a position on; false when this kind of memory cannot forget a part, and then nothing
    /// changed. Position zero forgets it whole and never fails.
    /// </summary>
    bool Forget(int sequence, int fromPosition);

    /// <summary>Makes an empty sequence, <paramref name="to"/>, share all that another holds.</summary>
    void Share(int from, int to);

    /// <summary>The last position a sequence holds, or -1 when it is empty.</summary>
    int LastPosition(int sequence);

    /// <summary>
    /// Makes a running decode return <see cref="DecodeStatus.Aborted"/> soon, or the next one if none runs; stays in
    /// force until <see cref="ClearAbort"/>. Any thread.
    /// </summary>
    void Abort();

    /// <summary>Takes <see cref="Abort"/> back.</summary>
    void ClearAbort();
}

/// <summary>One token of a batch.</summary>
/// <param name="Token">The token's id.</param>
/// <param name="Position">Its position in its sequence, from zero.</param>
/// <param name="Sequence">The sequence it belongs to.</param>
/// <param name="WantsLogits">Whether the logits after it are wanted.</param>
public readonly record struct BatchToken(int Token, int Position, int Sequence, bool WantsLogits);

/// <summary>How a decode ended.</summary>
public enum DecodeStatus
{
    /// <summary>All of it was computed.</summary>
    Done,

    /// <summary>The cache has no room for it; nothing changed.</summary>
    NoRoom,

    /// <summary>It was aborted; parts of it may be in the cache.</summary>
    Aborted,

    /// <summary>The library refused the batch; nothing changed.</summary>
    Invalid,

    /// <summary>The computation failed; parts of it may be in the cache.</summary>
    Failed,
}
