using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Tests.Support;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.Grains.Tests;

/// <summary>What the cluster knows of models, and what LOAD and SELECT_MODEL do and do not.</summary>
public sealed class CatalogTests : IAsyncLifetime
{
    private KernelCluster _kernel = null!;

    public async Task InitializeAsync()
    {
        _kernel = await KernelCluster.StartAsync(2);
        await _kernel.AllReportedAsync();
    }

    public async Task DisposeAsync() => await _kernel.DisposeAsync();

    private Task<CatalogView> ReadAsync() => _kernel.Client.GetGrain<ICatalogReaderGrain>(0).ReadAsync(0);

    private Task SeenAsync(string[] ids) => Patience.UntilAsync(
        async () => (await _kernel.Catalog.ReadAsync()).Models.Select(model => model.Id).SequenceEqual(ids),
        $"the catalog to show {string.Join(", ", ids)}");

    private string FileOn(int silo, string name) => Path.Combine(_kernel.FolderOf(silo), name);

    [Fact]
    public async Task Files_AreSeenToComeAndGo()
    {
        (await ReadAsync()).Models.Select(model => model.Id).ShouldBe(["scripted"]);
        TinyGguf.Write(FileOn(0, "sub/new.gguf"), context: 1234);
        await SeenAsync(["scripted", "sub/new"]);
        var entry = (await _kernel.Catalog.ReadAsync()).Models.Single(model => model.Id == "sub/new");
        (entry.Path, entry.ContextLength, entry.Fault).ShouldBe(("models/sub/new.gguf", 1234, null));
        File.Delete(FileOn(0, "sub/new.gguf"));
        await SeenAsync(["scripted"]);
    }

    [Fact]
    public async Task ABrokenFile_IsShownWithItsFault_AndNotLoaded()
    {
        await File.WriteAllTextAsync(FileOn(1, "broken.gguf"), "no model at all");
        await SeenAsync(["broken", "scripted"]);
        (await _kernel.Catalog.ReadAsync()).Models.Single(model => model.Id == "broken").Fault.ShouldNotBeNull();
        (await _kernel.Catalog.LoadAsync("broken", [])).Refusal.ShouldNotBeNull().Code.ShouldBe("LOAD_FAILED");
        (await _kernel.Catalog.SelectAsync("broken")).Refusal.ShouldNotBeNull().Code.ShouldBe("MODEL_NOT_FOUND");
    }

    [Fact]
    public async Task Load_FindsAFileThatIsNewerThanTheLastScan()
    {
        TinyGguf.Write(FileOn(1, "fresh.gguf"));
        var reply = await _kernel.Catalog.LoadAsync("models/fresh.gguf", []);
        reply.Refusal.ShouldBeNull();
        reply.Nodes.ShouldBe([_kernel.Nodes[1]]);
        (await _kernel.Catalog.ReadAsync()).Selected.ShouldBe("fresh");
    }

    [Fact]
    public async Task Load_RefusesWithFiguresWhatDoesNotFit()
    {
        TinyGguf.Write(FileOn(0, "huge.gguf"), layers: 100, embedding: 65_536, context: 16_384);
        var reply = await _kernel.Catalog.LoadAsync("huge", []);
        var refusal = reply.Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe("LOAD_FAILED");
        refusal.Message.ShouldContain("16.0 GiB");
        refusal.Message.ShouldContain("needs");
        _kernel.Backend.Open.Models.ShouldBe(0);
        (await _kernel.Catalog.ReadAsync()).Selected.ShouldBeNull();
    }

    [Fact]
    public async Task Load_OntoANamedSilo_RefusesNamesThatAreNot()
    {
        (await _kernel.Catalog.LoadAsync("scripted", ["nowhere"])).Refusal!.Message.ShouldContain("No silo 'nowhere'");
        (await _kernel.Catalog.LoadAsync("../secrets", [])).Refusal!.Code.ShouldBe("MODEL_SELECTOR");
    }

    [Fact]
    public async Task LoadingTwice_LoadsOnce()
    {
        (await _kernel.Catalog.LoadAsync("scripted", [])).Refusal.ShouldBeNull();
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _kernel.Catalog.LoadAsync("scripted", [])));
        replies.ShouldAllBe(reply => reply.Refusal == null);
        _kernel.Backend.Open.Models.ShouldBe(1);
    }

    [Fact]
    public async Task Selection_IsObeyedByTheNextExec_OnAnySilo()
    {
        TinyGguf.Write(FileOn(0, "other.gguf"));
        await _kernel.LoadEverywhereAsync();
        (await _kernel.Catalog.LoadAsync("other", [])).Refusal.ShouldBeNull();
        for (var round = 0; round < 10; round++)
        {
            var wanted = round % 2 == 0 ? "scripted" : "other";
            (await _kernel.Catalog.SelectAsync(wanted)).Refusal.ShouldBeNull();
            var process = await _kernel.ExecAsync("«x»", agent: $"agent{round}");
            (await _kernel.Agent($"agent{round}").StatusAsync(process.Pid))!.ModelId.ShouldBe(wanted);
        }
    }

    [Fact]
    public async Task ASelectedModelThatIsNotLoaded_IsAnsweredWithTheWayOut()
    {
        TinyGguf.Write(FileOn(0, "unloaded.gguf"));
        (await _kernel.Catalog.SelectAsync("unloaded")).Refusal.ShouldBeNull();
        var reply = await _kernel.Agent("tester").ExecAsync(
            new ExecRequest("hi", _kernel.Frontend.NewTicket().Route, "test"));
        reply.Refusal.ShouldNotBeNull().Code.ShouldBe("NO_MODEL");
        reply.Refusal.Message.ShouldContain("LOAD");
    }

    [Fact]
    public async Task LoadSelectAndSettings_DoNotDisturbRunningProcesses()
    {
        await _kernel.LoadEverywhereAsync();
        TinyGguf.Write(FileOn(0, "other.gguf"));
        var processes = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => _kernel.ExecAsync("max_tokens=3000;«loop:abcdefghij»")));
        foreach (var process in processes)
            await process.Heard.ReachedAsync(1);
        (await _kernel.Catalog.LoadAsync("other", [])).Refusal.ShouldBeNull();
        (await _kernel.Catalog.SelectAsync("scripted")).Refusal.ShouldBeNull();
        (await _kernel.Agent("tester").SetGenerationAsync("max_tokens=5,temperature=2")).Refusal.ShouldBeNull();
        processes.ShouldAllBe(process => !process.Heard.Ended.IsCompleted);
        foreach (var process in processes)
        {
            var (text, end) = await process.EndAsync();
            end.Reason.ShouldBe(ProcessEndReason.MaxTokens);
            text.ShouldBe(string.Concat(Enumerable.Repeat("abcdefghij", 300)));
        }
    }

    [Fact]
    public async Task AModelWhoseFileGoes_StaysAsLongAsItIsHeld()
    {
        await _kernel.LoadEverywhereAsync();
        File.Delete(FileOn(0, "scripted.gguf"));
        File.Delete(FileOn(1, "scripted.gguf"));
        await _kernel.Service<Nodes.NodeReporter>(0).ReportIfFilesChangedAsync();
        await _kernel.Service<Nodes.NodeReporter>(1).ReportIfFilesChangedAsync();
        (await (await _kernel.ExecAsync("«still»")).EndAsync()).Text.ShouldBe("still");
    }
}
