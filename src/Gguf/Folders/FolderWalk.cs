namespace AgenticOS.Gguf.Folders;

/// <summary>Finds the GGUF files below a folder. Linked folders are not entered, so there is no way out and no loop; a
/// linked file counts only when it really lies below the root. Names that begin with a dot are left out: caches and
/// downloads under way; and names with control characters, which would break the lines that show them. What vanishes
/// meanwhile is left out too.</summary>
internal sealed class FolderWalk(string root)
{
    private const string Extension = ".gguf";

    private static readonly EnumerationOptions Shallow = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = true,
        RecurseSubdirectories = false,
    };

    /// <summary>A file, and whether it is a link that leads out of the root.</summary>
    internal readonly record struct Found(FileInfo File, bool LeadsOutside);

    /// <summary>All files in ordinal order of their paths.</summary>
    public IReadOnlyList<Found> Files(CancellationToken cancellationToken)
    {
        var found = new List<Found>();
        var folders = new Stack<(DirectoryInfo Folder, int Depth)>();
        folders.Push((new DirectoryInfo(root), 0));
        var looked = 0;
        while (folders.TryPop(out var next))
        {
            foreach (var entry in Entries(next.Folder))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (++looked > GgufLimits.FolderEntries)
                    return Ordered(found);
                if (entry.Name.StartsWith('.') || entry.Name.Any(char.IsControl))
                    continue;
                if (entry is DirectoryInfo folder && entry.LinkTarget is null && next.Depth < GgufLimits.FolderDepth)
                    folders.Push((folder, next.Depth + 1));
                else if (entry is FileInfo file && entry.Name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
                    Add(found, file);
            }
        }

        return Ordered(found);
    }

    private static List<Found> Ordered(List<Found> found)
    {
        found.Sort((left, right) => string.CompareOrdinal(left.File.FullName, right.File.FullName));
        return found;
    }

    private static FileSystemInfo[] Entries(DirectoryInfo folder)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos("*", Shallow).Take(GgufLimits.FolderEntries + 1)];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It vanished, or is closed to us: a folder without models either way.
            return [];
        }
    }

    private void Add(List<Found> found, FileInfo file)
    {
        if (file.LinkTarget is null)
        {
            found.Add(new Found(file, LeadsOutside: false));
            return;
        }

        try
        {
            var target = file.ResolveLinkTarget(returnFinalTarget: true);
            if (target is FileInfo { Exists: true })
                found.Add(new Found(file, LeadsOutside: !LiesInside(target.FullName)));
        }
        catch (IOException)
        {
            // The link leads to itself or to nothing.
        }
    }

    /// <summary>True when a path lies below the root without passing through a linked folder.</summary>
    private bool LiesInside(string path)
    {
        var folder = new FileInfo(path).Directory;
        while (folder is not null && folder.FullName.Length > root.Length && folder.LinkTarget is null)
            folder = folder.Parent;
        return folder is not null && folder.FullName == root;
    }
}
