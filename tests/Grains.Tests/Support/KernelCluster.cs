using System.Text;
using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Nodes;
using AgenticOS.Grains.Output.PushStreams;
using AgenticOS.Grains.Processes;
using AgenticOS.Inference.Model;
using AgenticOS.Silo;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace AgenticOS.Grains.Tests.Support;

/// <summary>A cluster of silos, each with a model folder of its own, and a client that listens as a frontend
/// does.</summary>
public sealed class KernelCluster : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("agenticos-grains-").FullName;
    private InProcessTestCluster _cluster = null!;

    private KernelCluster()
    {
    }

    /// <summary>Every silo's scripted models.</summary>
    public ScriptedBackend Backend { get; } = new();

    public InProcessTestCluster Cluster => _cluster;

    public IClusterClient Client => _cluster.Client;

    public FrontendProbe Frontend { get; private set; } = null!;

    public ICatalogGrain Catalog => Client.GetGrain<ICatalogGrain>(0);

    /// <summary>Starts silos with a model <c>scripted</c> in each folder; <paramref name="configure"/> may change a
    /// silo's options.</summary>
    public static async Task<KernelCluster> StartAsync(
        short silos, Func<SiloOptions, SiloOptions>? configure = null, Action<ISiloBuilder>? services = null)
    {
        var kernel = new KernelCluster();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((specific, silo) =>
        {
            var folder = kernel.FolderOf(specific.SiloName);
            TinyGguf.Write(Path.Combine(folder, "scripted.gguf"));
            var options = new SiloOptions
            {
                Name = specific.SiloName,
                ModelFolders = [folder],
                Slots = 64,
                Context = 16384,
                StateFolder = Path.Combine(kernel._root, "state"),
            };
            silo.Services.AddSingleton<IModelBackend>(kernel.Backend);
            services?.Invoke(silo);
            silo.AddAgenticOS(configure?.Invoke(options) ?? options);
        });
        builder.ConfigureClient(client => client.AddOutputStreams());
        kernel._cluster = builder.Build();
        await kernel._cluster.DeployAsync();
        kernel.Frontend = await FrontendProbe.StartAsync(kernel.Client);
        return kernel;
    }

    /// <summary>The model folder of a silo.</summary>
    public string FolderOf(int silo) => FolderOf(_cluster.Silos[silo].Name);

    private string FolderOf(string silo) => Path.Combine(_root, silo, "models");

    public IAgentGrain Agent(string name) => Client.GetGrain<IAgentGrain>(name);

    public IProcessGrain Process(long pid) => Client.GetGrain<IProcessGrain>(pid);

    /// <summary>A service of one silo.</summary>
    public T Service<T>(int silo = 0)
        where T : notnull => _cluster.Silos[silo].ServiceProvider.GetRequiredService<T>();

    /// <summary>Addresses of all silos, as the catalog names them.</summary>
    public string[] Nodes => [.. _cluster.Silos.Select(silo => silo.SiloAddress.ToParsableString())];

    /// <summary>Waits until the catalog has a report of every silo.</summary>
    public Task AllReportedAsync() => Patience.UntilAsync(
        async () => (await Catalog.ReadAsync()).Nodes.Length == _cluster.Silos.Count, "every silo to report");

    /// <summary>Loads a model onto every silo.</summary>
    public async Task LoadEverywhereAsync(string model = "scripted")
    {
        await AllReportedAsync();
        (await Catalog.LoadAsync(model, Nodes)).Refusal.ShouldBeNull();
    }

    /// <summary>Starts a process that must be admitted.</summary>
    public async Task<Listening> ExecAsync(string payload, string agent = "tester")
    {
        var ticket = Frontend.NewTicket();
        var reply = await Agent(agent).ExecAsync(new ExecRequest(payload, ticket.Route, "test"));
        reply.Refusal.ShouldBeNull($"EXEC of {payload}");
        return ticket.Of(reply.Pid);
    }

    /// <summary>Waits until the log of a process is longer than that.</summary>
    public Task SaysMoreAsync(long pid, long length) => Patience.UntilAsync(
        async () =>
            await Patience.TryAsync(() => Process(pid).StatusAsync()) is { } status && status.OutputBytes > length,
        $"PID {pid} to say more than {length} bytes");

    /// <summary>Waits for the end of a process and returns all of its log.</summary>
    public async Task<string> LogOfAsync(long pid)
    {
        await Patience.UntilAsync(
            async () =>
                await Patience.TryAsync(() => Process(pid).StatusAsync()) is { End: not null }, $"PID {pid} to end");
        return Encoding.UTF8.GetString((await Process(pid).ReadOutputAsync(0))!.Bytes.Span);
    }

    /// <summary>Waits until no process grain is left anywhere.</summary>
    public Task NoProcessActivationsAsync()
    {
        var management = Client.GetGrain<IManagementGrain>(0);
        return Patience.UntilAsync(
            async () => !(await management.GetSimpleGrainStatistics())
                .Any(grain => grain.GrainType.Contains("ProcessGrain") && grain.ActivationCount > 0),
            "every process grain to go");
    }

    public async ValueTask DisposeAsync()
    {
        Backend.Gate.Set();
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }
}
