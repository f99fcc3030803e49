namespace AgenticOS.Grains.Nodes;

/// <summary>How a silo holds models.</summary>
public sealed class NodeOptions
{
    /// <summary>Folders that are looked through for <c>.gguf</c> files, with everything below them.</summary>
    public IList<string> ModelFolders { get; } = [];

    /// <summary>Processes of one model that run at once; 0 chooses by memory, at most
    /// <see cref="NodeLimits.DefaultSlots"/>.</summary>
    public int Slots { get; set; }

    /// <summary>Context of a process in tokens; 0 is the model's own, at most
    /// <see cref="NodeLimits.DefaultContext"/>.</summary>
    public int ContextPerSlot { get; set; }

    /// <summary>Compute threads on the host; 0 is all cores but <see cref="CoresLeftFree"/>.</summary>
    public int Threads { get; set; }

    /// <summary>Cores left to the silo and the frontend when <see cref="Threads"/> is 0.</summary>
    public int CoresLeftFree { get; set; } = 1;

    /// <summary>One context memory that processes borrow from, instead of an equal part each.</summary>
    public bool UnifiedKv { get; set; }

    /// <summary>Pin compute threads to cores; only on a machine that this silo has to itself.</summary>
    public bool PinThreads { get; set; }

    /// <summary>Processes that may wait for a slot of one model.</summary>
    public int QueueLimit { get; set; } = 4096;
}
