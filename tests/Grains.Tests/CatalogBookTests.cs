using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Nodes;

namespace AgenticOS.Grains.Tests;

public sealed class CatalogBookTests
{
    private static readonly TimeSpan Now = TimeSpan.FromSeconds(100);

    private static ModelEntry Entry(string id, string? fault = null) =>
        new(id, $"models/{id}.gguf", "Llama", "llama", id, "t", 1, "Q4_0", 512, 1, 1, "none", fault);

    private static NodeReport Report(string node, long sequence, int running = 0, params string[] models) => new(
        node,
        node,
        sequence,
        [],
        [.. models.Select(id => Entry(id))],
        [new LoadedModel("m", "CPU", 4, running, 0, 0, 100)]);

    [Fact]
    public void LoadFigures_DoNotMakeANewVersion_FilesAndSilosDo()
    {
        var book = new CatalogBook(10, null);
        book.Report(Report("a", 1, 0, "m"), Now);
        var version = book.View.Version;
        book.Report(Report("a", 2, running: 3, "m"), Now);
        book.View.Version.ShouldBe(version);
        book.View.Nodes[0].Loaded[0].Running.ShouldBe(3);
        book.Report(Report("a", 3, 3, "m", "n"), Now);
        book.View.Version.ShouldBe(version + 1);
        book.Remove("a");
        book.View.Version.ShouldBe(version + 2);
        book.View.Models.ShouldBeEmpty();
    }

    [Fact]
    public void AnOlderReport_IsIgnored()
    {
        var book = new CatalogBook(10, null);
        book.Report(Report("a", 5, running: 2, "m"), Now);
        book.Report(Report("a", 4, running: 9, "m"), Now);
        book.View.Nodes[0].Loaded[0].Running.ShouldBe(2);
    }

    [Fact]
    public void ASilentSilo_IsForgotten()
    {
        var book = new CatalogBook(10, null);
        book.Report(Report("a", 1), Now);
        book.Report(Report("b", 1), Now + TimeSpan.FromSeconds(5));
        book.RemoveSilent(Now + TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(10));
        book.View.Nodes.Select(node => node.Node).ShouldBe(["b"]);
    }

    [Fact]
    public void ASoundFile_IsShownBeforeABrokenOneOfTheSameName()
    {
        var book = new CatalogBook(10, null);
        book.Report(Report("a", 1) with { OnDisk = [Entry("m", fault: "cut off")] }, Now);
        book.View.Models[0].Fault.ShouldNotBeNull();
        book.Report(Report("b", 1, 0, "m"), Now);
        book.View.Models.ShouldHaveSingleItem().Fault.ShouldBeNull();
    }

    [Fact]
    public void TheMirror_TakesNewViewsAndNewerFigures_AndNoOlderOnes()
    {
        var book = new CatalogBook(10, null);
        book.Report(Report("a", 1, 0, "m"), Now);
        var old = book.View;
        book.Select("m");
        var mirror = new CatalogMirror();
        mirror.Take(book.View);
        mirror.Take(new CatalogNews(null, [new NodeLoad("a", 7, [new LoadedModel("m", "CPU", 4, 4, 1, 0, 100)])]));
        mirror.Take(old);
        mirror.View.Selected.ShouldBe("m");
        mirror.View.Nodes[0].Loaded[0].Queued.ShouldBe(1);
        book.Select("n");
        mirror.Take(book.View);
        (mirror.View.Selected, mirror.View.Nodes[0].Loaded[0].Queued).ShouldBe(("n", 1));
    }
}
