namespace AgenticOS.Silo;

/// <summary>What a silo is told from outside: command line, environment or a JSON file.</summary>
public sealed record SiloOptions
{
    /// <summary>The silo's name, for people.</summary>
    public string Name { get; init; } = Environment.MachineName;

    /// <summary>Folders with <c>.gguf</c> files; at least one.</summary>
    public IReadOnlyList<string> ModelFolders { get; init; } = ["models"];

    /// <summary>Processes of one model that run at once, 1 to 256; 0 chooses by memory, at most 64.</summary>
    public int Slots { get; init; }

    /// <summary>Context of a process in tokens; 0 is the model's own, at most 4096.</summary>
    public int Context { get; init; }

    /// <summary>Compute threads; 0 is all cores but <see cref="CoresLeftFree"/>.</summary>
    public int Threads { get; init; }

    /// <summary>Cores left to the silo and the frontend when <see cref="Threads"/> is 0.</summary>
    public int CoresLeftFree { get; init; } = 1;

    /// <summary>Pins compute threads to cores: fastest on a machine that the silo has to itself, slowest on any
    /// other.</summary>
    public bool PinThreads { get; init; }

    /// <summary><c>split</c>: each process has an equal part of the context memory; <c>unified</c>: they borrow from
    /// one.</summary>
    public string Kv { get; init; } = "split";

    /// <summary>Where the workspaces of agents lie.</summary>
    public string StateFolder { get; init; } = Path.Combine(".agenticos", "state");

    /// <summary>Folder with llama.cpp's libraries; null looks for them.</summary>
    public string? NativesFolder { get; init; }

    /// <summary>How long status and output of a process can be asked for after its end.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The first thing that is wrong, as one line with its remedy; null when all is well.</summary>
    public string? Validate()
    {
        if (string.IsNullOrWhiteSpace(Name))
            return "the silo has no name; give it one";
        if (ModelFolders.Count == 0)
            return "no model folder; name one with --models";
        if (ModelFolders.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
            return $"model folder '{missing}' does not exist; make it or name another with --models";
        if (Slots is < 0 or > SiloLimits.Slots)
            return $"slots is {Slots}; use 0 (by memory) to {SiloLimits.Slots}";
        if (Context is < 0 or (> 0 and < SiloLimits.LeastContext) or > SiloLimits.MostContext)
        {
            return $"context is {Context}; use 0 (the model's own) or "
                + $"{SiloLimits.LeastContext} to {SiloLimits.MostContext}";
        }
        if (Threads is < 0 or > SiloLimits.Threads || CoresLeftFree < 0)
            return $"threads is {Threads}; use 0 (all cores) to {SiloLimits.Threads}";
        if (Kv is not ("split" or "unified"))
            return $"kv is '{Kv}'; use split or unified";
        return Retention < TimeSpan.Zero ? "retention is negative; use 0 or more seconds" : null;
    }
}
