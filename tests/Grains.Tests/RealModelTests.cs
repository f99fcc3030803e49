using AgenticOS.Grains.Tests.Support;
using AgenticOS.Inference.LlamaCpp;
using AgenticOS.Inference.Model;
using AgenticOS.Kernel.Processes;
using AgenticOS.Shapes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgenticOS.Grains.Tests;

/// <summary>The whole way on the real library, with a model of random weights that the test writes.</summary>
public sealed class RealModelTests(RealModelTests.TwoSilos fixture) : IClassFixture<RealModelTests.TwoSilos>
{
    private const string Greedy = "temperature=0;max_tokens=48;";

    private KernelCluster Kernel => fixture.Kernel;

    [Fact]
    public async Task TheSamePrompt_SaysTheSame_OnEitherSilo()
    {
        var first = await Kernel.ExecAsync(Greedy + "one two three");
        var (text, end) = await first.EndAsync();
        end.Tokens.ShouldBeLessThanOrEqualTo(48);
        var again = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Kernel.ExecAsync(Greedy + "one two three")));
        var nodes = new HashSet<string>();
        foreach (var process in again)
        {
            (await process.EndAsync()).Text.ShouldBe(text);
            nodes.Add((await Kernel.Agent("tester").StatusAsync(process.Pid))!.Node);
        }
        nodes.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ManyProcessesAtOnce_EachEndOnceWithItsWholeLog()
    {
        var processes = await Task.WhenAll(
            Enumerable.Range(0, 48).Select(i => Kernel.ExecAsync($"max_tokens={16 + i};seed={i};tale number {i}")));
        foreach (var process in processes)
        {
            var (text, end) = await process.EndAsync();
            process.Heard.Ends.ShouldBe(1);
            var slice = (await Kernel.Process(process.Pid).ReadOutputAsync(0)).ShouldNotBeNull();
            System.Text.Encoding.UTF8.GetString(slice.Bytes.Span).ShouldBe(text);
            slice.End.ShouldBe(end);
            end.Reason.ShouldBeOneOf(ProcessEndReason.Finished, ProcessEndReason.MaxTokens);
        }
    }

    [Fact]
    public async Task ALoadBeside_LeavesTheTextOfRunningProcessesAsItIs()
    {
        const string Prompt = "temperature=0.9;seed=11;max_tokens=100;model=tiny;once upon a time";
        var undisturbed = await (await Kernel.ExecAsync(Prompt)).EndAsync();
        var process = await Kernel.ExecAsync(Prompt);
        (await Kernel.Catalog.LoadAsync("beside", [])).Refusal.ShouldBeNull();
        (await Kernel.Catalog.SelectAsync("tiny")).Refusal.ShouldBeNull();
        (await process.EndAsync()).Text.ShouldBe(undisturbed.Text);
    }

    public sealed class TwoSilos : IAsyncLifetime
    {
        public KernelCluster Kernel { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Kernel = await KernelCluster.StartAsync(
                2,
                options => options with { Slots = 8, Context = 256, Threads = 1 },
                silo => silo.Services.AddSingleton<IModelBackend>(LlamaCppBackend.Open(NullLogger.Instance)));
            for (var silo = 0; silo < 2; silo++)
            {
                ShapeFile.Write(
                    ModelShape.Named("tiny")!, WeightType.F32, Path.Combine(Kernel.FolderOf(silo), "tiny.gguf"));
            }
            var beside = Path.Combine(Kernel.FolderOf(0), "beside.gguf");
            ShapeFile.Write(ModelShape.Named("tiny")!, WeightType.F32, beside, seed: 2);
            await Kernel.LoadEverywhereAsync("tiny");
        }

        public async Task DisposeAsync() => await Kernel.DisposeAsync();
    }
}
