namespace AgenticOS.Kernel.Placement;

/// <summary>What kind of device holds or would hold a model, best first.</summary>
public enum DeviceKind
{
    /// <summary>A graphics card.</summary>
    Gpu,

    /// <summary>Another device with memory of its own.</summary>
    Accelerator,

    /// <summary>The processor.</summary>
    Cpu,
}

/// <summary>A silo that might take a process of one model.</summary>
/// <param name="Node">The silo's address.</param>
/// <param name="Kind">The device that holds the model there.</param>
/// <param name="Slots">Processes of the model that can run at once.</param>
/// <param name="Running">Processes that hold a slot.</param>
/// <param name="Queued">Processes that wait for one.</param>
/// <param name="FreeKvTokens">Context cells that are free, in tokens.</param>
/// <param name="RecentPlacements">Processes that were placed there since these figures were reported.</param>
public sealed record NodeCandidate(
    string Node,
    DeviceKind Kind,
    int Slots,
    int Running,
    int Queued,
    long FreeKvTokens,
    int RecentPlacements)
{
    /// <summary>Processes that run, wait, or are on their way.</summary>
    public long Load => (long)Running + Queued + RecentPlacements;

    /// <summary>Slots that nobody holds or waits for; 0 when all are taken.</summary>
    public long FreeSlots => Math.Max(0, Slots - Load);
}

/// <summary>A device of a silo that might load a model.</summary>
/// <param name="Node">The silo's address.</param>
/// <param name="Name">The silo's name, for messages.</param>
/// <param name="Device">The device's name there.</param>
/// <param name="Kind">What it is.</param>
/// <param name="FreeBytes">Memory not in use now.</param>
/// <param name="IsLoaded">The silo holds the model already.</param>
/// <param name="LoadedModels">How many models the silo holds.</param>
public sealed record DeviceCandidate(
    string Node,
    string Name,
    string Device,
    DeviceKind Kind,
    long FreeBytes,
    bool IsLoaded,
    int LoadedModels);
