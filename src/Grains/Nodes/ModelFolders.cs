using AgenticOS.Grains.Catalog;
using Microsoft.Extensions.Options;

namespace AgenticOS.Grains.Nodes;

internal sealed class ModelFolders(IOptions<NodeOptions> options)
{
    private ModelFile[] _files = [];

    public ModelEntry[] Entries => Array.ConvertAll(Volatile.Read(ref _files), file => file.Entry);

    public ModelFile? Find(string id) => Array.Find(Volatile.Read(ref _files), file => file.Entry.Id == id);

    public Task<bool> ScanAsync(CancellationToken cancellationToken)
    {
        var files = options.Value.ModelFolders
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.gguf", SearchOption.AllDirectories), (folder, path) =>
                new ModelFile(new ModelEntry(Path.ChangeExtension(Path.GetRelativePath(folder, path), null), path, "Unknown",
                    "llama", "x", "t", 1, "q", 512, new FileInfo(path).Length, new FileInfo(path).Length, "none", null), path))
            .ToArray();
        var same = files.AsSpan().SequenceEqual(_files);
        Volatile.Write(ref _files, files);
        return Task.FromResult(!same);
    }
}
