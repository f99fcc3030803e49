using AgenticOS.Kernel.Syscalls;

namespace AgenticOS.Sandbox;

/// <summary>A folder per agent under one root. Links are never followed, neither to a workspace nor in it.</summary>
public sealed class Workspaces
{
    /// <summary>Follows the last name where the list was cut.</summary>
    public const string Cut = "... (List Truncated)";

    private static readonly EnumerationOptions Shallow = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = false,
        RecurseSubdirectories = false,
    };

    private readonly string _root;

    /// <summary>Workspaces under this folder, which is made when the first one is needed.</summary>
    public Workspaces(string root) => _root = Path.GetFullPath(root);

    /// <summary>The agent's folder; it exists afterwards.</summary>
    /// <exception cref="IOException">It cannot be made, or a link stands in its place.</exception>
    public string FolderOf(string agent)
    {
        var folder = new DirectoryInfo(Path.Combine(_root, WorkspaceName.Of(agent)));
        folder.Create();
        folder.Refresh();
        return folder.LinkTarget is null
            ? folder.FullName
            : throw new IOException($"{folder.FullName} is a link.");
    }

    /// <summary>Names in the agent's folder in ordinal order, at most <see cref="SyscallLimits.ListedFiles"/> and then
    /// <see cref="Cut"/>. Links are left out; control characters show as <c>?</c>.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<string> List(string agent)
    {
        // A folder of any size costs bounded memory: the names that come first are kept, the others are dropped on the
        // way.
        var first = new SortedSet<string>(StringComparer.Ordinal);
        var isCut = false;
        foreach (var entry in new DirectoryInfo(FolderOf(agent)).EnumerateFileSystemInfos("*", Shallow))
        {
            first.Add(Shown(entry.Name));
            if (first.Count <= SyscallLimits.ListedFiles)
                continue;
            first.Remove(first.Max!);
            isCut = true;
        }

        var names = first.ToList();
        if (isCut)
            names.Add(Cut);
        return names;
    }

    /// <summary>A line break in a name would read like another name.</summary>
    private static string Shown(string name) =>
        string.Create(name.Length, name, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
                target[i] = char.IsControl(source[i]) ? '?' : source[i];
        });
}
