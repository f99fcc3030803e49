using AgenticOS.Gguf.Facts;
using AgenticOS.Gguf.Header;

namespace AgenticOS.Gguf.Folders;

/// <summary>A folder of models. Headers are read once per path, size and time of change, so that scanning again is
/// cheap. Not thread-safe.</summary>
public sealed class ModelFolder
{
    private readonly string _root;
    private Dictionary<string, KnownFile> _known = new(StringComparer.Ordinal);

    /// <summary>The models below this folder, which need not exist. Where the folder is a link, what it leads to is
    /// meant.</summary>
    public ModelFolder(string root)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var folder = new DirectoryInfo(full);
        _root = folder.LinkTarget is null
            ? full
            : folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
    }

    /// <summary>Headers that were really read by the last scan; the others were known.</summary>
    public int HeadersRead { get; private set; }

    /// <summary>All models, faulty ones too, by id. A model whose files vanish while they are read is reported as it
    /// was found: as unreadable.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<ModelFile> Scan(CancellationToken cancellationToken = default)
    {
        HeadersRead = 0;
        var known = new Dictionary<string, KnownFile>(StringComparer.Ordinal);
        var files = new List<ScannedFile>();
        foreach (var found in new FolderWalk(_root).Files(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Look(found, known) is { } file)
                files.Add(file);
        }

        _known = known;
        return ModelAssembly.Assemble(files);
    }

    private ScannedFile? Look(FolderWalk.Found found, Dictionary<string, KnownFile> known)
    {
        var path = found.File.FullName;
        var relative = Path.GetRelativePath(_root, path).Replace('\\', '/');
        if (found.LeadsOutside)
            return new ScannedFile(relative, path, 0, OutOfFolder);
        try
        {
            // The length of a link is its own; the stream knows that of the file.
            var target = found.File.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? found.File;
            target.Refresh();
            if (!target.Exists)
                return null;
            var stamp = (target.Length, target.LastWriteTimeUtc);
            if (!_known.TryGetValue(path, out var file) || file.Stamp != stamp)
                file = new KnownFile(stamp, ReadFile(target.FullName));
            known[path] = file;
            return new ScannedFile(relative, path, stamp.Length, file.Reading);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return File.Exists(path) ? new ScannedFile(relative, path, 0, Unreadable(fault)) : null;
        }
    }

    private FileReading ReadFile(string path)
    {
        HeadersRead++;
        using var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return GgufHeader.Read(stream) switch
        {
            HeaderReading.Read read => Summarise(read.Header),
            HeaderReading.Faulty faulty => new FileReading(null, null, faulty.Fault),
            var other => throw new InvalidOperationException($"Unhandled {other}."),
        };
    }

    /// <summary>Keeps what is needed; the header itself, with its texts and tensors, is let go.</summary>
    private static FileReading Summarise(GgufHeader header)
    {
        try
        {
            var part = PartFacts.From(header);
            return part.Part > 1
                ? new FileReading(null, part, null)
                : GgufFacts.From(header) switch
                {
                    FactsReading.Read read => new FileReading(read.Facts, part, null),
                    FactsReading.Faulty faulty => new FileReading(null, part, faulty.Fault),
                    var other => throw new InvalidOperationException($"Unhandled {other}."),
                };
        }
        catch (GgufFaultException fault)
        {
            return new FileReading(null, null, fault.Fault);
        }
    }

    private static FileReading OutOfFolder { get; } =
        new(null, null, new GgufFault.Unreadable("it is a link that leads out of the model folder."));

    private static FileReading Unreadable(Exception fault) =>
        new(null, null, new GgufFault.Unreadable(fault.Message));

    private sealed record KnownFile((long Length, DateTime Changed) Stamp, FileReading Reading);
}

/// <summary>What reading one file yielded: its part, the facts when it is the first, or a fault.</summary>
internal sealed record FileReading(GgufFacts? Facts, PartFacts? Part, GgufFault? Fault);

/// <summary>A file of a scan.</summary>
/// <param name="Relative">Path below the root, with <c>/</c>.</param>
/// <param name="Path">Full path.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Reading">What reading it yielded.</param>
internal sealed record ScannedFile(string Relative, string Path, long Bytes, FileReading Reading);
