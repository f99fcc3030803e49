using AgenticOS.Gguf.Folders;

namespace AgenticOS.Gguf.Tests;

public sealed class ModelFolderTests : IDisposable
{
    private readonly DirectoryInfo _temp = Directory.CreateTempSubdirectory("gguf-tests-");
    private readonly string _root;

    public ModelFolderTests()
    {
        _root = Path.Combine(_temp.FullName, "models");
        Directory.CreateDirectory(_root);
    }

    [Fact]
    public void Models_AreFoundBelowTheRoot_ByRelativeId()
    {
        Write("tiny.gguf", GgufWriter.Llama());
        Write("sub/deep/other.GGUF", GgufWriter.Llama());
        Write("readme.md", GgufWriter.Llama());
        Write(".cache/half.gguf", GgufWriter.Llama());
        Ids().ShouldBe(["sub/deep/other", "tiny"]);
        var model = Scan()[1];
        model.Fault.ShouldBeNull();
        model.Path.ShouldBe(Path.Combine(_root, "tiny.gguf"));
        model.Files.ShouldBe([model.Path]);
        model.FileBytes.ShouldBe(new FileInfo(model.Path).Length);
        model.Facts!.Name.ShouldBe("Tiny Llama 3.1");
    }

    [Fact]
    public void BrokenFiles_AreListedWithTheirFault()
    {
        File.WriteAllBytes(Path.Combine(_root, "empty.gguf"), []);
        File.WriteAllText(Path.Combine(_root, "html.gguf"), "<html>");
        File.WriteAllBytes(Path.Combine(_root, "cut.gguf"), GgufWriter.Llama().ToArray()[..200]);
        Write("vocabulary.gguf", GgufWriter.Llama().WithoutTensors());
        Scan().Select(model => $"{model.Id} {model.Fault?.GetType().Name}").ShouldBe(
            ["cut Truncated", "empty Empty", "html NotGguf", "vocabulary Malformed"]);
        Scan().ShouldAllBe(model => model.Facts == null);
    }

    [Fact]
    public void ASplitModel_IsOne()
    {
        for (var part = 1; part <= 3; part++)
            Write($"big/model-0000{part}-of-00003.gguf", Part(part, 3));
        var model = Scan().ShouldHaveSingleItem();
        model.Id.ShouldBe("big/model");
        model.Fault.ShouldBeNull();
        model.Path.ShouldEndWith("model-00001-of-00003.gguf");
        model.Files.Count.ShouldBe(3);
        model.FileBytes.ShouldBe(model.Files.Sum(file => new FileInfo(file).Length));
        model.Facts!.Parameters.ShouldBe(256 + 64 + 64);
        model.Facts.WeightBytes.ShouldBe(460 + 256 + 256);
    }

    [Fact]
    public void ASplitModelThatIsIncomplete_IsFaulty()
    {
        Write("a-00002-of-00003.gguf", Part(2, 3));
        Write("b.gguf", Part(1, 3));
        Write("c-00001-of-00002.gguf", Part(1, 2));
        Write("c-00002-of-00002.gguf", Part(1, 2));
        Write("d-00001-of-00002.gguf", Part(1, 2));
        File.WriteAllText(Path.Combine(_root, "d-00002-of-00002.gguf"), "<html>");
        Scan().Select(model => $"{model.Id}: {model.Fault?.Message}").ShouldBe(
        [
            "a: It is split into 3 files and lacks 1, 3.",
            "b: It is split into 3 files and lacks 2, 3.",
            "c: The header is malformed: c-00002-of-00002.gguf is part 1 of 2 by its own header.",
            "d: It is not a GGUF file.",
        ]);
    }

    [Fact]
    public void Ids_StayUnique()
    {
        Write("m.gguf", GgufWriter.Llama());
        Write("m.GGUF", GgufWriter.Llama());
        Write("m-00001-of-00001.gguf", GgufWriter.Llama());
        var models = Scan();
        models.Select(model => model.Id).Distinct().Count().ShouldBe(models.Count);
        models.Count(model => model.Fault is null).ShouldBe(1);
        models.Single(model => model.Fault is null).Id.ShouldBe("m");
    }

    [Fact]
    public void Links_LeadNeitherOutsideNorInCircles()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_temp.FullName, "outside")).FullName;
        File.WriteAllBytes(Path.Combine(outside, "secret.gguf"), GgufWriter.Llama().ToArray());
        Write("sub/real.gguf", GgufWriter.Llama());
        Directory.CreateSymbolicLink(Path.Combine(_root, "out"), outside);
        Directory.CreateSymbolicLink(Path.Combine(_root, "sub", "up"), _root);
        Link("inside.gguf", Path.Combine(_root, "sub", "real.gguf"));
        Link("escape.gguf", Path.Combine(outside, "secret.gguf"));
        Link("detour.gguf", Path.Combine(_root, "out", "secret.gguf"));
        Link("dangling.gguf", Path.Combine(_root, "nothing.gguf"));
        Link("circle.gguf", Path.Combine(_root, "circle.gguf"));
        Scan().Select(model => $"{model.Id} {model.Fault?.GetType().Name}").ShouldBe(
            ["detour Unreadable", "escape Unreadable", "inside ", "sub/real "]);
    }

    [Fact]
    public void ARootThatIsALink_IsFollowed()
    {
        Write("tiny.gguf", GgufWriter.Llama());
        var link = Path.Combine(_temp.FullName, "link");
        Directory.CreateSymbolicLink(link, _root);
        new ModelFolder(link).Scan().ShouldHaveSingleItem().Fault.ShouldBeNull();
    }

    [Fact]
    public void ARootThatIsNotThere_HasNoModels() =>
        new ModelFolder(Path.Combine(_root, "nowhere")).Scan().ShouldBeEmpty();

    [Fact]
    public void ScanningAgain_ReadsOnlyWhatChanged()
    {
        Write("a.gguf", GgufWriter.Llama());
        Write("b.gguf", GgufWriter.Llama());
        var folder = new ModelFolder(_root);
        folder.Scan().Count.ShouldBe(2);
        folder.HeadersRead.ShouldBe(2);
        folder.Scan().Count.ShouldBe(2);
        folder.HeadersRead.ShouldBe(0);
        Write("b.gguf", GgufWriter.Llama().Text("general.name", "Another and longer name"));
        folder.Scan()[1].Facts!.Name.ShouldBe("Another and longer name");
        folder.HeadersRead.ShouldBe(1);
        File.Delete(Path.Combine(_root, "a.gguf"));
        folder.Scan().ShouldHaveSingleItem().Id.ShouldBe("b");
    }

    [Fact]
    public async Task FilesThatComeAndGo_BreakNothing()
    {
        var bytes = GgufWriter.Llama().ToArray();
        var folder = new ModelFolder(_root);
        using var stop = new CancellationTokenSource();
        var churn = Task.Run(() =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                var path = Path.Combine(_root, $"d{i % 5}");
                Directory.CreateDirectory(path);
                File.WriteAllBytes(Path.Combine(path, "m.gguf"), bytes);
                Directory.Delete(path, recursive: true);
            }
        });
        for (var i = 0; i < 300; i++)
            folder.Scan();
        await stop.CancelAsync();
        await churn;
        folder.Scan().ShouldBeEmpty();
    }

    [Fact]
    public void ACancelledScan_EndsAsCancelled()
    {
        Write("a.gguf", GgufWriter.Llama());
        var cancelled = new CancellationToken(canceled: true);
        Should.Throw<OperationCanceledException>(() => new ModelFolder(_root).Scan(cancelled));
    }

    public void Dispose() => _temp.Delete(recursive: true);

    private static GgufWriter Part(int part, int parts)
    {
        var writer = part == 1 ? GgufWriter.Llama() : new GgufWriter().Tensor("w", 0, 256, 64);
        return writer.Whole("split.no", (uint)part - 1).Whole("split.count", (uint)parts);
    }

    private IReadOnlyList<ModelFile> Scan() => new ModelFolder(_root).Scan();

    private IEnumerable<string> Ids() => Scan().Select(model => model.Id);

    private void Link(string name, string target) => File.CreateSymbolicLink(Path.Combine(_root, name), target);

    private void Write(string relative, GgufWriter writer)
    {
        var path = Path.Combine(_root, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, writer.ToArray());
    }
}
