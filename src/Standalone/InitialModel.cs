using AgenticOS.Grains.Catalog;
using Microsoft.Extensions.Hosting;

namespace AgenticOS.Standalone;

/// <summary>Loads the first model after the silo is up and before clients can connect.</summary>
internal sealed class InitialModel(
    IGrainFactory grains, StandaloneOptions options, Narrator narrator, TimeProvider time) : IHostedService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>The model that was loaded; <c>none</c> when the folders hold none.</summary>
    public string Loaded { get; private set; } = "none";

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var catalog = grains.GetGrain<ICatalogGrain>(0);
        var view = await catalog.ReadAsync();
        var target = options.Model ?? view.Selected ?? view.Models.FirstOrDefault(model => model.Fault is null)?.Id;
        if (target is null)
        {
            narrator.Progress($"no model in {string.Join(", ", options.Silo.ModelFolders)}; LOAD one later");
            return;
        }
        var reply = await NarratedAsync(target, catalog.LoadAsync(target, []), cancellationToken);
        if (reply.Refusal is { } refusal)
        {
            throw new OperatorException(
                $"{refusal.Message.TrimEnd('.')}; name another --model, or use fewer --slots or a smaller --context");
        }
        Loaded = reply.Model!.Id;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<LoadReply> NarratedAsync(
        string target, Task<LoadReply> load, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        narrator.Progress($"loading model {target}");
        while (await Task.WhenAny(load, Task.Delay(Pace, time, cancellationToken)) != load)
        {
            cancellationToken.ThrowIfCancellationRequested();
            narrator.Progress($"loading model {target}, {time.GetElapsedTime(started).TotalSeconds:0} s");
        }
        return await load;
    }
}
