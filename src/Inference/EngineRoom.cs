using AgenticOS.Inference.Model;
using AgenticOS.Inference.Sampling;

namespace AgenticOS.Inference;

/// <summary>
/// All that the engine's thread works with, and the few moves of a generation that every phase needs.
/// </summary>
internal sealed class EngineRoom
{
    internal EngineRoom(
        IVocabulary vocabulary,
        IModelContext context,
        EngineOptions options,
        TimeProvider time,
        IStepObserver? observer)
    {
        Vocabulary = vocabulary;
        Context = context;
        Options = options;
        Time = time;
        Observer = observer;
        Slots = new SlotTable(options.Slots);
        Seating = new Seating(Slots, context, options);
        Batch = new StepBatch(Math.Min(options.BatchTokens, context.BatchTokens), options.Slots);
        Scratch = new SamplerScratch(vocabulary.Size);
        TokenLimit = options.UnifiedKv
            ? context.CapacityPerSequence : Math.Min(options.ContextPerSlot, context.CapacityPerSequence);
        Figures = new EngineFigures(options.Slots, options.Slots * options.ContextPerSlot);
    }

    internal IVocabulary Vocabulary { get; }

    internal IModelContext Context { get; }

    internal EngineOptions Options { get; }

    internal TimeProvider Time { get; }

    internal IStepObserver? Observer { get; }

    internal Mailbox Mailbox { get; } = new();

    internal SlotTable Slots { get; }

    internal Seating Seating { get; }

    internal StepBatch Batch { get; }

    internal SamplerScratch Scratch { get; }

    internal EngineFigures Figures { get; }

    /// <summary>Those in line for a slot; who had one before and lost it stands in front.</summary>
    internal LinkedList<Generation> Line { get; } = new();

    /// <summary>Paused ones that had to give up their slot.</summary>
    internal List<Generation> Adrift { get; } = [];

    /// <summary>The most tokens one generation may hold.</summary>
    internal int TokenLimit { get; }

    /// <summary>Whether a listener was called since the observer was.</summary>
    internal bool Spoke { get; set; }

    /// <summary>Ends a generation wherever it stands, and gives back what it held.</summary>
    internal void End(Generation generation, EndReason reason, string? detail = null)
    {
        if (generation.Slot != Generation.None)
            Seating.Unseat(generation, sound: reason != EndReason.Failed);
        else if (generation.State == GenerationState.Waiting)
            Line.Remove(generation);
        else
            Adrift.Remove(generation);
        Figures.Leave();
        Spoke = true;
        generation.End(reason, Time.GetElapsedTime(generation.SubmittedAt), detail);
    }

    /// <summary>Delivers what is held back, then ends.</summary>
    internal void EndWithHeldText(Generation generation, EndReason reason)
    {
        ReadOnlySpan<byte> held = generation.Text.Add([], last: true);
        if (!held.IsEmpty)
            generation.Listener.OnText(held, generation.Generated);
        End(generation, reason);
    }

    /// <summary>Takes a generation's slot away; it will read its tokens anew.</summary>
    internal void Evict(Generation generation)
    {
        Seating.Unseat(generation, sound: true);
        if (generation.State == GenerationState.Paused)
        {
            Adrift.Add(generation);
            return;
        }

        generation.State = GenerationState.Waiting;
        Line.AddFirst(generation);
    }
}
