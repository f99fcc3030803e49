using System.Net;
using System.Net.Sockets;

namespace AgenticOS.EndToEnd.Tests;

/// <summary>What a user types, against real processes.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("agenticos-cli-").FullName;

    public void Dispose() => Directory.Delete(_state, recursive: true);

    [Fact]
    public async Task Run_WithNothingRunning_StartsAnswersAndLeavesTheServiceUp()
    {
        var address = $"127.0.0.1:{StandaloneService.FreePort()}";
        var first = await RunAsync(
            "run", "Calcola 37*19", "--address", address, "--models", Checkout.Models, "--model", "forge-llama");
        try
        {
            first.ExitCode.ShouldBe(0, first.Error);
            first.Out.ShouldContain("703");

            var second = await RunAsync("run", "What is 37*19?", "--address", address);
            second.ExitCode.ShouldBe(0, second.Error);
            second.Out.ShouldContain("703");

            var status = await RunAsync("status", "--address", address);
            status.Out.ShouldContain("total_exec_started=2");
            var models = await RunAsync("models", "--address", address);
            models.Out.ShouldContain("* id=forge-llama family=Llama path=");
        }
        finally
        {
            var stop = await RunAsync("stop", "--address", address);
            stop.Out.Trim().ShouldBe("stopped", stop.Error);
        }
        var after = await RunAsync("status", "--address", address);
        after.ExitCode.ShouldBe(1);
        after.Error.ShouldStartWith($"error: nothing answers on {address}");
    }

    [Fact]
    public async Task Up_OnATakenPort_SaysSoInOneLineAndFails()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = taken.LocalEndpoint.ToString()!;

        var up = await RunAsync("up", "--address", address, "--models", Checkout.Models);

        up.ExitCode.ShouldBe(1);
        up.Error.Trim().Split('\n').ShouldHaveSingleItem().ShouldStartWith($"error: {address} is taken");
    }

    [Theory]
    [InlineData("--slots", "none")]
    [InlineData("--context", "-5")]
    [InlineData("--models", "/nowhere/at/all")]
    [InlineData("--model", "no-such-model")]
    public async Task Up_WithABadSetting_NamesItInOneLineAndFails(string option, string value)
    {
        string[] models = option == "--models" ? [] : ["--models", Checkout.Models];
        var address = $"127.0.0.1:{StandaloneService.FreePort()}";

        var up = await RunAsync(["up", "--address", address, option, value, .. models]);

        up.ExitCode.ShouldBe(1);
        var line = up.Error.Trim().Split('\n').ShouldHaveSingleItem();
        line.ShouldStartWith("error: ");
        line.ShouldContain(value);
        line.ShouldContain("; ");
    }

    [Fact]
    public async Task Doctor_OnAMachineThatWorks_FindsNothingToMend()
    {
        var doctor = await RunAsync("doctor", "--address", $"127.0.0.1:{StandaloneService.FreePort()}");
        doctor.Out.ShouldContain("libllama");
        doctor.Out.ShouldContain("all is well");
        doctor.ExitCode.ShouldBe(0);
    }

    private Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.OfCliAsync(_state, arguments);
}
