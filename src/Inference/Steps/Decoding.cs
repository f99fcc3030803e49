using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.Steps;

/// <summary>Phase three, decode: compute the batch, and deal with each way in which that can fail.</summary>
internal sealed class Decoding(EngineRoom room, Assembly assembly)
{
    private bool _abortable = true;

    /// <summary>True when the batch was computed and its rows can be sampled.</summary>
    internal bool Run()
    {
        while (room.Batch.Tokens.Length > 0 && !room.Mailbox.Closed)
        {
            switch (Decode())
            {
                case DecodeStatus.Done:
                    Take();
                    return true;
                case DecodeStatus.NoRoom:
                    MakeRoom();
                    assembly.Run();
                    continue;
                case DecodeStatus.Aborted:
                    Rewind();
                    return false;
                case DecodeStatus status:
                    Fail(status);
                    return false;
            }
        }

        return false;
    }

    private DecodeStatus Decode()
    {
        room.Context.ClearAbort();
        if (room.Mailbox.Closed)
            return DecodeStatus.Aborted;
        if (_abortable)
            foreach (ref StepPart part in room.Batch.Parts)
                part.Generation.AbortableTokens = part.Fed;
        DecodeStatus status = room.Context.Decode(room.Batch.Tokens);
        foreach (ref StepPart part in room.Batch.Parts)
            part.Generation.AbortableTokens = 0;
        return status;
    }

    private void Take()
    {
        _abortable = true;
        foreach (ref StepPart part in room.Batch.Parts)
            part.Generation.Cached += part.Fed;
    }

    /// <summary>
    /// A shared cache is full. Whoever came last gives up its place and reads its tokens anew later; paused ones go
    /// first. One that has the cache to itself and still finds no room has come to its end.
    /// </summary>
    private void MakeRoom()
    {
        Generation last = room.Slots[^1];
        if (room.Slots.Count == 1)
        {
            room.EndWithHeldText(last, EndReason.ContextFull);
            return;
        }

        for (int place = 0; place < room.Slots.Count; place++)
            if (room.Slots[place].State == GenerationState.Paused)
                last = room.Slots[place];
        room.Evict(last);
    }

    /// <summary>
    /// Takes back what an aborted decode left in the cache. The next decode is not abortable: however many cancels
    /// come, every other step gets done.
    /// </summary>
    private void Rewind()
    {
        _abortable = false;
        foreach (ref StepPart part in room.Batch.Parts)
        {
            Generation generation = part.Generation;
            if (generation.Cached > 0 && room.Context.Forget(generation.Slot, generation.Cached))
                continue;
            room.Context.Forget(generation.Slot, 0);
            generation.Cached = 0;
        }
    }

    private void Fail(DecodeStatus status)
    {
        foreach (ref StepPart part in room.Batch.Parts)
            room.End(part.Generation, EndReason.Failed, $"The decode ended with {status}.");
    }
}
