namespace AgenticOS.Cli.Service;

/// <summary>Where things lie in a checkout or an unpacked archive. All that is written lies under
/// <see cref="State"/>.</summary>
internal sealed class Layout
{
    private Layout(string root) => Root = root;

    /// <summary>The folder of the launcher, which tells it in AGENTICOS_ROOT; else the one that holds the
    /// solution.</summary>
    public string Root { get; }

    /// <summary>Everything this machine adds: natives, logs, the pid of a running service.</summary>
    public string State => Path.Combine(Root, ".agenticos");

    /// <summary>Standard output and log of the service that <c>up</c> started last.</summary>
    public string Log => Path.Combine(State, "standalone.log");

    /// <summary>Pid and address of the service that <c>up</c> started last, one per line.</summary>
    public string Running => Path.Combine(State, "running");

    /// <summary>The native libraries that the set-up installed.</summary>
    public string Natives =>
        Environment.GetEnvironmentVariable("AGENTICOS_NATIVES") ?? Path.Combine(State, "natives");

    /// <summary>The program that <c>up</c> starts.</summary>
    public static string Standalone =>
        Environment.GetEnvironmentVariable("AGENTICOS_STANDALONE")
        ?? Path.Combine(AppContext.BaseDirectory, "AgenticOS.Standalone.dll");

    /// <summary>Which Orleans the build uses, as the set-up found out.</summary>
    public string OrleansSource => Read("orleans-source") ?? "local";

    /// <summary>Whether the LLamaSharp engine is built in.</summary>
    public string LLamaSharpSource => Read("llamasharp-source") ?? "none";

    public static Layout Find()
    {
        var given = Environment.GetEnvironmentVariable("AGENTICOS_ROOT");
        if (!string.IsNullOrEmpty(given)) return new Layout(given);
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgenticOS.sln")))
            folder = folder.Parent;
        return new Layout(folder?.FullName ?? Directory.GetCurrentDirectory());
    }

    private string? Read(string name)
    {
        var file = Path.Combine(State, name);
        return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
    }
}
