namespace AgenticOS.Inference.Steps;

/// <summary>
/// Phase two, assemble: one token of everybody who generates, then parts of the prompts that are being read: those with
/// the least to read first (shortest remaining time, which makes the mean wait for a first token the least there is),
/// and a reserved part for the one with the most, so that those who keep coming with less never starve it.
/// </summary>
internal sealed class Assembly(EngineRoom room)
{
    /// <summary>One part in so many of the room for prompts is for the longest.</summary>
    private const int PartForLongest = 4;

    private readonly Generation[] _readers = new Generation[room.Options.Slots];
    private readonly int[] _toRead = new int[room.Options.Slots];

    internal void Run()
    {
        room.Batch.Clear();
        EndThoseWithoutRoom();
        int readers = AddGenerators();
        if (readers > 0)
            AddReaders(readers);
        Array.Clear(_readers, 0, readers);
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
                (_readers[readers], _toRead[readers++]) = (generation, generation.Pending);
        }

        return readers;
    }

    private void AddReaders(int readers)
    {
        bool someoneGenerates = room.Batch.Tokens.Length > 0;
        int budget = someoneGenerates ? Math.Min(room.Batch.Room, room.Options.PrefillChunk) : room.Batch.Room;
        Array.Sort(_toRead, _readers, 0, readers);
        int reserved = readers > 1 ? Math.Max(1, budget / PartForLongest) : 0;
        int left = budget - reserved;
        for (int place = 0; place < readers; place++)
        {
            int share = Math.Min(_toRead[place], place == readers - 1 ? left + reserved : left);
            if (share == 0)
                continue;
            room.Batch.Add(_readers[place], share);
            left -= share;
        }
    }
}
