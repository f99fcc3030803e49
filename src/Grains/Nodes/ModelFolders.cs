using System.Collections.Frozen;
using AgenticOS.Gguf.Folders;
using AgenticOS.Grains.Catalog;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AgenticOS.Grains.Nodes;

/// <summary>The model files this silo can reach, as of the last scan. Files may come and go at any time. Any
/// thread.</summary>
internal sealed partial class ModelFolders : IDisposable
{
    private readonly SemaphoreSlim _scanning = new(1, 1);
    private readonly (string Root, string Shown, ModelFolder Folder)[] _folders;
    private readonly NodeOptions _options;
    private readonly ILogger<ModelFolders> logger;
    private FrozenDictionary<string, LocalModel> _models = FrozenDictionary<string, LocalModel>.Empty;

    public ModelFolders(IOptions<NodeOptions> options, ILogger<ModelFolders> logger)
    {
        _options = options.Value;
        _folders = [.. _options.ModelFolders
            .Select(folder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))
            .Select(root => (root, Path.GetFileName(root), new ModelFolder(root)))];
        this.logger = logger;
    }

    /// <summary>All models, broken ones too, by id.</summary>
    public ModelEntry[] Entries =>
    [
        .. Volatile.Read(ref _models).Values
            .Select(model => model.Entry)
            .OrderBy(entry => entry.Id, StringComparer.Ordinal)
    ];

    /// <summary>A model by its id; null when the last scan did not find it.</summary>
    public LocalModel? Find(string id) => Volatile.Read(ref _models).GetValueOrDefault(id);

    /// <summary>Looks through the folders; true when a model came, went or changed since the last time.</summary>
    public async Task<bool> ScanAsync(CancellationToken cancellationToken)
    {
        await _scanning.WaitAsync(cancellationToken);
        try
        {
            var found = await Task.Run(() => Scan(cancellationToken), cancellationToken);
            var isSame = found.Count == _models.Count
                && found.Values.All(model => Find(model.Entry.Id)?.Entry == model.Entry);
            if (!isSame)
                Volatile.Write(ref _models, found);
            return !isSame;
        }
        finally
        {
            _scanning.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _scanning.Dispose();

    private FrozenDictionary<string, LocalModel> Scan(CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, LocalModel>(StringComparer.Ordinal);
        foreach (var (root, shown, folder) in _folders)
        {
            foreach (var file in folder.Scan(cancellationToken))
            {
                var model = LocalModel.Of(file, root, shown, _options);
                if (!found.TryAdd(file.Id, model) && !_models.ContainsKey(file.Id))
                    LogSameId(file.Id, model.FullPath, found[file.Id].FullPath);
            }
        }
        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
