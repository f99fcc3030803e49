using AgenticOS.Grains.Output;

namespace AgenticOS.Grains.Processes;

/// <summary>All that a process is started with.</summary>
/// <param name="Agent">The owner.</param>
/// <param name="ModelId">The model it runs on for all its life.</param>
/// <param name="Prompt">As the client wrote it, without hints; wrapped in the model's chat template where it is not
/// already.</param>
/// <param name="Generation">Settings in the text form of SET_GEN, complete.</param>
/// <param name="Route">Its first listener.</param>
/// <param name="Parent">PID of the parent; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("agenticos.process-spec")]
public sealed record ProcessSpec(
    [property: Id(0)] string Agent,
    [property: Id(1)] string ModelId,
    [property: Id(2)] string Prompt,
    [property: Id(3)] string Generation,
    [property: Id(4)] OutputRoute Route,
    [property: Id(5)] long Parent);

/// <summary>Whether a process was admitted.</summary>
/// <param name="Refusal">Null when it was; else MEMORY_ADMISSION (the prompt does not fit the context), BUSY (the queue
/// of the silo is full), NO_MODEL (the silo has let the model go) or SPAWN_FAILED.</param>
[GenerateSerializer, Immutable, Alias("agenticos.start-reply")]
public sealed record StartReply([property: Id(0)] Refusal? Refusal);
