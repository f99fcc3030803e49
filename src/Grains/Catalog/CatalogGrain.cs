using AgenticOS.Grains.Nodes;
using AgenticOS.Kernel.Catalog;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace AgenticOS.Grains.Catalog;

/// <summary>What the catalog remembers over its own life; all else the silos report again.</summary>
[GenerateSerializer, Alias("agenticos.catalog-state")]
public sealed class CatalogState
{
    /// <summary>The selected model; null when none ever was.</summary>
    [Id(0)]
    public string? Selected { get; set; }
}

/// <summary>Merges the reports of the silos, selects, and decides loads.</summary>
internal sealed partial class CatalogGrain(
    [PersistentState("catalog", KernelStorage.Name)] IPersistentState<CatalogState> state,
    CatalogMirror mirror,
    IClusterMembershipService membership,
    TimeProvider time,
    ILogger<CatalogGrain> logger) : Grain, ICatalogGrain
{
    private readonly long _born = time.GetTimestamp();
    private CatalogBook _book = null!;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // A version is never given out twice, although the book itself is not kept: it begins at the clock, in
        // microseconds. What this silo mirrored stands in for the other silos' reports until they come, within a
        // second.
        var firstVersion = Math.Max(mirror.View.Version, time.GetUtcNow().UtcTicks / TimeSpan.TicksPerMicrosecond);
        _book = new CatalogBook(firstVersion, state.State.Selected);
        foreach (var node in mirror.View.Nodes)
            _book.Report(node, Now);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<CatalogNews> ReportAsync(NodeReport report, long knownVersion)
    {
        await TakeAsync(report);
        RemoveGone();
        return new CatalogNews(_book.View.Version > knownVersion ? _book.View : null, _book.Loads);
    }

    /// <inheritdoc/>
    public Task LeaveAsync(string node)
    {
        _book.Remove(node);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<CatalogView> ReadAsync()
    {
        RemoveGone();
        return Task.FromResult(_book.View);
    }

    /// <inheritdoc/>
    public async Task<SelectReply> SelectAsync(string id)
    {
        var choice = await ResolveAsync(id);
        if (choice is not ModelChoice.Chosen { Model: var model })
            return new SelectReply(_book.View.Version, null, new Refusal("MODEL_NOT_FOUND", choice.Message));
        await RememberAsync(model.Id);
        await TellAsync();
        return new SelectReply(_book.View.Version, EntryOf(model.Id), null);
    }

    /// <inheritdoc/>
    public async Task<LoadReply> LoadAsync(string target, string[] nodes)
    {
        RemoveGone();
        var choice = await ResolveAsync(target);
        return choice switch
        {
            ModelChoice.Chosen { Model.Id: var id } => await LoadAsync(id, LoadSites.Choose(_book.View, id, nodes)),
            ModelChoice.Faulty => Refused("LOAD_FAILED", choice.Message),
            _ => Refused("MODEL_SELECTOR", choice.Message),
        };
    }

    private TimeSpan Now => time.GetElapsedTime(_born);

    /// <summary>Finds the model that is meant; its file may be newer than the last scan.</summary>
    private async Task<ModelChoice> ResolveAsync(string target)
    {
        var choice = Resolve(target);
        if (choice is ModelChoice.Chosen)
            return choice;
        await RefreshAsync();
        return Resolve(target);
    }

    private ModelChoice Resolve(string target) =>
        ModelSelector.Resolve(target, ModelCandidates.Of(_book.View), _book.View.Selected);

    private async Task<LoadReply> LoadAsync(string id, LoadSites sites)
    {
        if (sites.Refusal is not null)
            return new LoadReply(_book.View.Version, null, [], sites.Refusal);
        var held = new List<string>();
        foreach (var node in sites.Nodes)
        {
            var reply = await GrainFactory.GetGrain<INodeGrain>(node).LoadAsync(id);
            await TakeAsync(reply.Report);
            if (reply.Refusal is not null)
                return new LoadReply(_book.View.Version, null, [.. held], reply.Refusal);
            held.Add(node);
        }
        await RememberAsync(id);
        await TellAsync();
        LogLoaded(id, held.Count);
        return new LoadReply(_book.View.Version, EntryOf(id), [.. held], null);
    }

    private LoadReply Refused(string code, string message) =>
        new(_book.View.Version, null, [], new Refusal(code, message));

    private async Task TakeAsync(NodeReport report)
    {
        _book.Report(report, Now);
        // A fresh system without a selection means the model that was loaded first.
        if (_book.View.Selected is null && report.Loaded.Length > 0)
            await RememberAsync(report.Loaded[0].ModelId);
    }

    private async Task RememberAsync(string id)
    {
        if (_book.View.Selected == id)
            return;
        _book.Select(id);
        state.State.Selected = id;
        await state.WriteStateAsync();
    }

    /// <summary>Asks every silo for a fresh report; one that does not answer is left to its silence.</summary>
    private async Task RefreshAsync()
    {
        var asked = _book.View.Nodes.Select(node => RefreshAsync(node.Node));
        await Task.WhenAll(asked);
    }

    private async Task RefreshAsync(string node)
    {
        try
        {
            await TakeAsync(await GrainFactory.GetGrain<INodeGrain>(node).ReportAsync());
        }
        catch (Exception cause) when (cause is OrleansException or TimeoutException)
        {
            LogNodeSilent(node, cause);
        }
    }

    /// <summary>Brings the view to every silo before a client is answered, so that its next command is obeyed by what
    /// this one did, wherever it is run. A silo that does not answer learns it with its next report.</summary>
    private async Task TellAsync()
    {
        var view = _book.View;
        await Task.WhenAll(view.Nodes.Select(node => TellAsync(node.Node, view)));
    }

    private async Task TellAsync(string node, CatalogView view)
    {
        try
        {
            await GrainFactory.GetGrain<INodeGrain>(node).LearnAsync(view);
        }
        catch (Exception cause) when (cause is OrleansException or TimeoutException)
        {
            LogNodeSilent(node, cause);
        }
    }

    private void RemoveGone()
    {
        _book.RemoveSilent(Now, CatalogLimits.Silence);
        foreach (var node in _book.View.Nodes)
        {
            if (membership.CurrentSnapshot.GetSiloStatus(SiloAddress.FromParsableString(node.Node)) == SiloStatus.Dead)
                _book.Remove(node.Node);
        }
    }

    private ModelEntry? EntryOf(string id) => Array.Find(_book.View.Models, model => model.Id == id);
}
