using AgenticOS.Grains;
using AgenticOS.Grains.Agents;
using AgenticOS.Grains.Catalog;
using AgenticOS.Grains.Nodes;
using AgenticOS.Kernel.Processes;
using AgenticOS.Protocol.Replies;
using AgenticOS.TcpFrontend.Tests.Stage;

namespace AgenticOS.TcpFrontend.Tests;

/// <summary>The text of every answer, byte for byte.</summary>
[Collection(Theatre.Name)]
public class VerbTests(Theatre theatre)
{
    private static readonly ModelEntry Tiny = new(
        "tiny", "models/tiny.gguf", "Llama", "llama", "Tiny", "gpt2/llama-bpe",
        1000, "Q4_K_M", 2048, 5000, 9000, "Llama", null);

    private static readonly ModelEntry Broken = Tiny with
    {
        Id = "b/roken",
        Path = "models/b/roken.gguf",
        Family = "Unknown",
        Fault = "cut\nshort",
    };

    [Fact]
    public async Task Models_AreListedSelectedDescribedAndLoaded()
    {
        LoadedModel[] loaded = [new("tiny", "CPU", 4, 1, 2, 30, 400)];
        var node = new NodeReport("S1", "silo-1", 1, [new("CPU", "", "cpu", 40, 100)], [], loaded);
        theatre.Play.Catalog = new CatalogView(41, null, [Tiny, Broken], [node]);
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        (await client.AskAsync("MODEL_INFO")).Code.ShouldBe("MODEL_INFO");
        (await client.AskAsync("LOAD")).Code.ShouldBe("MODEL_SELECTOR");
        (await client.AskAsync("SELECT_MODEL", " ")).Code.ShouldBe("MISSING_MODEL_ID");
        (await client.AskAsync("SELECT_MODEL", "other")).Code.ShouldBe("MODEL_NOT_FOUND");
        (await client.AskAsync("SELECT_MODEL", "tiny\n")).ShouldBe(Frame.Ok("GENERIC", "Selected model 'tiny'."));
        theatre.Play.CatalogReads.Clear();
        (await client.AskAsync("LIST_MODELS")).ShouldBe(Frame.Ok("GENERIC",
            "Models (2)\n* id=tiny family=Llama path=models/tiny.gguf\n"
            + "- id=b/roken family=Unknown path=models/b/roken.gguf fault=cut short"));
        theatre.Play.CatalogReads.ToArray().ShouldBe([42L], "a change made here must be seen here");
        (await client.AskAsync("MODEL_INFO")).Text.ShouldStartWith(
            "id=tiny\nfamily=Llama\npath=models/tiny.gguf\ntokenizer=gpt2/llama-bpe\nname=Tiny\n");
        (await client.AskAsync("MODEL_INFO", "tiny")).Text.ShouldContain("\nloaded_on=silo-1");
        (await client.AskAsync("MODEL_INFO", "other")).Code.ShouldBe("MODEL_INFO");
        (await client.AskAsync("LOAD", "models/tiny.gguf")).ShouldBe(
            Frame.Ok("GENERIC", "Master Model Loaded. family=Llama path=models/tiny.gguf"));
    }

    [Fact]
    public async Task Signals_AreDeliveredToTheAgentsOwnProcesses()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var process = await frontend.ExecAsync(client, "owner");
        foreach (var verb in new[] { "TERM", "KILL" })
        {
            (await client.AskAsync(verb, "", "owner")).Code.ShouldBe("MISSING_PID");
            (await client.AskAsync(verb, "x1", "owner")).Code.ShouldBe("INVALID_PID");
            (await client.AskAsync(verb, "-1", "owner")).Code.ShouldBe("INVALID_PID");
            (await client.AskAsync(verb, "99999999", "owner")).Code.ShouldBe("PID_NOT_FOUND");
            (await client.AskAsync(verb, $"{process.Pid}", "other")).Code.ShouldBe("PID_NOT_FOUND");
        }

        (await client.AskAsync("TERM", $" {process.Pid}\n", "owner"))
            .ShouldBe(Frame.Ok("TERM", $"Termination requested for PID {process.Pid}"));
        (await process.Signalled.Task).ShouldBe(ProcessSignal.Terminate);
        (await client.AskAsync("KILL", $"{process.Pid}", "owner"))
            .ShouldBe(Frame.Ok("KILL", $"Killed PID {process.Pid}"));
        frontend.Counters[FrontendCount.Signals].ShouldBe(2);
    }

    [Fact]
    public async Task Settings_BelongToTheAgent()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        (await client.AskAsync("SET_GEN", "nonsense", "set-1")).Code.ShouldBe("SET_GEN_INVALID");
        (await client.AskAsync("SET_GEN", "temperature=0.5", "set-1")).ShouldBe(Frame.Ok("SET_GEN", "temperature=0.5"));
        using var another = await frontend.ConnectAsync();
        (await another.AskAsync("GET_GEN", "", "set-1")).ShouldBe(Frame.Ok("GET_GEN", "temperature=0.5"));
        (await another.AskAsync("GET_GEN", "", "set-2")).Text.ShouldStartWith("temperature=0.7 ");
    }

    [Fact]
    public async Task Status_IsOneLineOfTheFieldsThatClientsRead()
    {
        theatre.Play.Catalog = new CatalogView(50, "tiny", [Tiny], []);
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        var running = await frontend.ExecAsync(client, "st");
        var waiting = await frontend.ExecAsync(client, "st");
        waiting.State = ProcessState.Waiting;
        frontend.Clock.Advance(TimeSpan.FromSeconds(1.5));
        (await client.AskAsync("STATUS", "nope", "st")).Code.ShouldBe("STATUS_INVALID");
        (await client.AskAsync("STATUS", "1", "st")).Code.ShouldBe("PID_NOT_FOUND");
        (await client.AskAsync("STATUS", $"{running.Pid}", "other")).Code.ShouldBe("PID_NOT_FOUND");
        var line = (await client.AskAsync("STATUS", "", "st")).Text;
        line.ShouldStartWith(
            "uptime_s=1 total_commands=6 total_errors=3 total_exec_started=2 total_signals=0 active_processes=1"
            + $" waiting_processes=1 active_pids=[{running.Pid}] waiting_pids=[{waiting.Pid}]"
            + " generation=temperature:0.7 top_p:0.9 seed:299792458 max_tokens:500 mem_");
        line.ShouldNotContain('\n');
        line.ShouldContain(" model=tiny ");
        line.ShouldContain(" emit_p50_us=0 emit_p99_us=0");
        (await client.AskAsync("STATUS", $"{running.Pid}", "st")).Text.ShouldStartWith(
            $"pid={running.Pid} owner_id=st state=Running tokens=73 index_pos=77 max_tokens=500 model=tiny");
    }

    [Fact]
    public async Task RefusedExec_IsAnsweredInTheKernelsWords()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        foreach (var code in new[] { "NO_MODEL", "SPAWN_FAILED", "MEMORY_ADMISSION", "BUSY" })
        {
            var refused = new ExecReply(0, false, new Refusal(code, "because"));
            theatre.Play.ExecAnswers[code] = () => Task.FromResult(refused);
            (await client.AskAsync("EXEC", code)).ShouldBe(new Frame(ReplyKind.Error, code, "because"));
        }

        var odd = new ExecReply(0, false, new Refusal("NO_SUCH_CODE", "because"));
        theatre.Play.ExecAnswers["odd"] = () => Task.FromResult(odd);
        (await client.AskAsync("EXEC", "odd")).Code.ShouldBe("SPAWN_FAILED");
        frontend.Counters[FrontendCount.ExecStarted].ShouldBe(0);
    }

    [Fact]
    public async Task FailingCluster_IsAnErrorAndNoDroppedConnection()
    {
        await using var frontend = await TestFrontend.StartAsync(theatre);
        using var client = await frontend.ConnectAsync();
        theatre.Play.ExecAnswers["late"] = () => throw new TimeoutException("late");
        theatre.Play.ExecAnswers["broken"] = () => throw new InvalidOperationException("broken");
        (await client.AskAsync("EXEC", "late")).Code.ShouldBe("SPAWN_FAILED");
        (await client.AskAsync("EXEC", "broken")).Code.ShouldBe("SPAWN_FAILED");
        (await client.AskAsync("PING")).Code.ShouldBe("PING");
    }
}
