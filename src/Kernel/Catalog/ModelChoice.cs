namespace AgenticOS.Kernel.Catalog;

/// <summary>What came of looking for the model that a client means.</summary>
public abstract record ModelChoice
{
    private ModelChoice()
    {
    }

    /// <summary>One line for the client: what was found, or what is wrong and what to do about it.</summary>
    public abstract string Message { get; }

    /// <summary>Exactly one model is meant and its file is sound.</summary>
    public sealed record Chosen(ModelCandidate Model) : ModelChoice
    {
        /// <inheritdoc/>
        public override string Message => Model.Id;
    }

    /// <summary>No model was named, none is selected, and there is not exactly one.</summary>
    /// <param name="Count">How many sound models there are.</param>
    public sealed record NoneSelected(int Count) : ModelChoice
    {
        /// <inheritdoc/>
        public override string Message => Count == 0
            ? "No model: the model folders hold no GGUF file that can be loaded."
            : $"No model is selected and there are {Count}: name one, or use SELECT_MODEL.";
    }

    /// <summary>No model has that name.</summary>
    /// <param name="Target">What the client wrote.</param>
    /// <param name="Nearest">The id that differs least; null when none is near.</param>
    public sealed record Unknown(string Target, string? Nearest) : ModelChoice
    {
        /// <inheritdoc/>
        public override string Message => Nearest is null
            ? $"No model '{Texts.Clip(Target)}'; LIST_MODELS shows what there is."
            : $"No model '{Texts.Clip(Target)}'; did you mean '{Nearest}'?";
    }

    /// <summary>Several models go by that name.</summary>
    /// <param name="Target">What the client wrote.</param>
    /// <param name="Ids">The models it may mean, by id.</param>
    public sealed record Ambiguous(string Target, IReadOnlyList<string> Ids) : ModelChoice
    {
        /// <inheritdoc/>
        public override string Message =>
            $"'{Texts.Clip(Target)}' is ambiguous, name one of: {string.Join(", ", Ids)}.";
    }

    /// <summary>The model is known and its file is broken.</summary>
    public sealed record Faulty(ModelCandidate Model) : ModelChoice
    {
        /// <inheritdoc/>
        public override string Message => $"Model '{Model.Id}' cannot be loaded: {Model.Fault}";
    }

    /// <summary>The path leads outside of the model folders.</summary>
    public sealed record OutsideFolders(string Target) : ModelChoice
    {
        /// <inheritdoc/>
        public override string Message => $"'{Texts.Clip(Target)}' lies outside of the model folders.";
    }
}
