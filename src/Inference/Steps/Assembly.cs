namespace AgenticOS.Inference.Steps;

/// <summary>
/// Phase two, assemble: one token of everybody who generates, then parts of the prompts that are being read, equal
/// shares of what room is left, so that neither a long prompt nor many of them keep anybody waiting. Where more wait
/// for their prompt than generate, the part for prompts grows in that proportion: the many go before the few.
/// </summary>
internal sealed class Assembly(EngineRoom room)
{
    internal void Run()
    {
        room.Batch.Clear();
        EndThoseWithoutRoom();
        int readers = AddGenerators();
        if (readers > 0)
            AddReaders(readers);
    }

    private void EndThoseWithoutRoom()
    {
        for (int place = room.Slots.Count - 1; place >= 0; place--)
        {
            Generation generation = room.Slots[place];
            if (generation.State == GenerationState.Running && generation.Tokens.Count > room.TokenLimit)
                room.EndWithHeldText(generation, EndReason.ContextFull);
        }
    }

    private int AddGenerators()
    {
        int readers = 0;
        for (int place = 0; place < room.Slots.Count; place++)
        {
            Generation generation = room.Slots[place];
            if (generation.State != GenerationState.Running)
                continue;
            if (generation.Pending == 1)
                room.Batch.Add(generation, 1);
            else
                readers++;
        }

        return readers;
    }

    private void AddReaders(int readers)
    {
        int generators = room.Batch.Tokens.Length;
        int budget = generators == 0
            ? room.Batch.Room
            : Math.Min(room.Batch.Room, room.Options.PrefillChunk * Math.Max(1, readers / generators));
        for (int place = 0; place < room.Slots.Count && budget > 0; place++)
        {
            Generation generation = room.Slots[place];
            if (generation.State != GenerationState.Running || generation.Pending == 1)
                continue;
            int share = Math.Min(generation.Pending, Math.Max(1, budget / readers));
            room.Batch.Add(generation, share);
            budget -= share;
            readers--;
        }
    }
}
