using System.Buffers.Binary;
using AgenticOS.Inference.LlamaCpp;
using AgenticOS.Inference.LlamaCpp.Native;
using AgenticOS.Inference.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgenticOS.Inference.Tests;

[Collection(nameof(TinyModel))]
public sealed class NativesTests(TinyModel tiny)
{
    [Fact]
    public void AnotherVersion_IsRefusedByName()
    {
        LayoutCheck.VerifyVersion("0.5.0-dev");
        Should.Throw<ModelUnusableException>(() => LayoutCheck.VerifyVersion("0.7.0")).Message.ShouldContain("0.7.0");
        Should.Throw<ModelUnusableException>(() => LayoutCheck.VerifyVersion("0.5.01"));
    }

    [Theory]
    [InlineData(168)]
    [InlineData(144)]
    public void ContextStructOfAnotherSize_IsRefused(int size)
    {
        (byte[] first, byte[] second) = Written(size);
        Should.Throw<ModelUnusableException>(() => LayoutCheck.VerifyContextDefaults(first, second))
            .Message.ShouldContain($"is {size} bytes");
    }

    [Fact]
    public void ModelStructOfAnotherSize_IsRefused()
    {
        (byte[] first, byte[] second) = Written(72);
        Should.Throw<ModelUnusableException>(() => LayoutCheck.VerifyModelDefaults(first, second))
            .Message.ShouldContain("is 72 bytes");
    }

    [Fact]
    public void ContextStructWithAFieldElsewhere_IsRefused()
    {
        (byte[] first, byte[] second) = Written(160);
        BinaryPrimitives.WriteInt32LittleEndian(first, 513);
        Should.Throw<ModelUnusableException>(() => LayoutCheck.VerifyContextDefaults(first, second))
            .Message.ShouldContain("513 at offset 0");
    }

    [Fact]
    public void FolderWithoutLibraries_IsRefusedByName()
    {
        string empty = Directory.CreateTempSubdirectory("agenticos-empty").FullName;
        Should.Throw<ModelUnusableException>(() => LlamaCppBackend.Open(NullLogger.Instance, empty))
            .Message.ShouldContain(empty);
        Directory.Delete(empty);
    }

    [Fact]
    public void SecondFolder_IsRefused_TheFirstStays()
    {
        string other = Directory.CreateTempSubdirectory("agenticos-other").FullName;
        File.WriteAllText(Path.Combine(other, "libllama.so"), "not a library");
        Should.Throw<ModelUnusableException>(() => LlamaCppBackend.Open(NullLogger.Instance, other));
        LlamaCppBackend.Open(NullLogger.Instance).ShouldBeSameAs(tiny.Backend);
        Directory.Delete(other, recursive: true);
    }

    [Fact]
    public void VariantsSideBySide_CudaGoesFirst()
    {
        string root = Directory.CreateTempSubdirectory("agenticos-variants").FullName;
        foreach (string package in new[] { "linux-x64", "linux-x64-vulkan", "linux-x64-cuda" })
        {
            string bins = Path.Combine(root, "node_modules", "@node-llama-cpp", package, "bins", package);
            Directory.CreateDirectory(bins);
            File.WriteAllText(Path.Combine(bins, "libllama.v0.5.0.so"), "");
            NativesFolder.Find(root).ShouldBe(bins);
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void Devices_IncludeTheProcessor() =>
        tiny.Backend.ListDevices().ShouldContain(device => device.Kind == DeviceKind.Cpu && device.MemoryTotal > 0);

    [Fact]
    public void MissingFileOrDevice_IsRefusedByName()
    {
        Should.Throw<ModelUnusableException>(() => tiny.Backend.Load(new ModelLoad("/nowhere.gguf")))
            .Message.ShouldContain("/nowhere.gguf");
        Should.Throw<ModelUnusableException>(
            () => tiny.Backend.Load(new ModelLoad(tiny.FilePath) { Devices = ["CUDA9"] }))
            .Message.ShouldContain("CUDA9");
    }

    [Fact]
    public void FileThatIsNoModel_IsRefused()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "not a model");
        Should.Throw<ModelUnusableException>(() => tiny.Backend.Load(new ModelLoad(path)));
        File.Delete(path);
    }

    [Fact]
    public void Facts_AreThoseOfTheFile()
    {
        ModelFacts facts = tiny.Model.Facts;
        facts.Architecture.ShouldBe("llama");
        facts.Layers.ShouldBe(5);
        facts.TrainedContext.ShouldBe(2048);
        facts.WeightBytes.ShouldBeGreaterThan(100_000);
    }

    [Fact]
    public void Estimate_CountsWeightsAndTheWholeCache()
    {
        MemoryEstimate estimate = tiny.Backend.Estimate(
            new ModelLoad(tiny.FilePath), new EngineOptions(Slots: 4, ContextPerSlot: 512).ContextShape());
        estimate.Weights.ShouldBe(tiny.Model.Facts.WeightBytes);

        // 2048 tokens of 5 layers, keys and values of width 32, as half floats; the log has it to a hundredth of a MiB.
        const long Cache = 2048L * 5 * 2 * 32 * 2;
        estimate.Cache.ShouldBeInRange(Cache - 10_486, Cache + 10_486);
        estimate.Compute.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void ChatTemplate_IsTheFilesOwn() =>
        tiny.Model.ApplyChatTemplate([new ChatTurn("user", "Hi")], openAnswer: true)
            .ShouldBe("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n");

    [Fact]
    public void LongChat_IsTemplatedWhole() =>
        tiny.Model.ApplyChatTemplate([new ChatTurn("user", new string('é', 9000))], openAnswer: false)
            .ShouldNotBeNull().Length.ShouldBeGreaterThan(9000);

    [Theory]
    [InlineData("Cpus_allowed_list:\t0-3,8,10-11", new[] { 0, 1, 2, 3, 8, 10, 11 })]
    [InlineData("Cpus_allowed_list:\t5", new[] { 5 })]
    [InlineData(null, new int[0])]
    public void AllowedCores_AreReadAsTheKernelListsThem(string? line, int[] cores) =>
        AllowedCores.Parse(line).ShouldBe(cores);

    [Fact]
    public void PinnedCores_AreLentOnce_AndComeBack()
    {
        int cores = AllowedCores.Read().Count;
        using (CoreLease all = CoreLease.Take(cores).ShouldNotBeNull())
        {
            all.Cores.Distinct().Count().ShouldBe(cores);
            CoreLease.Take(1).ShouldBeNull();
        }

        using CoreLease again = CoreLease.Take(1).ShouldNotBeNull();
        again.Cores.Count.ShouldBe(1);
    }

    private static (byte[] First, byte[] Second) Written(int size)
    {
        byte[] first = new byte[1024], second = new byte[1024];
        LayoutCheck.Poison(first, second);
        first.AsSpan(0, size).Clear();
        second.AsSpan(0, size).Clear();
        return (first, second);
    }
}
