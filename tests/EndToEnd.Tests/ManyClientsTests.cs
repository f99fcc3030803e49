using AgenticOS.Client;

namespace AgenticOS.EndToEnd.Tests;

public sealed class ManyClientsTests(StandaloneService service) : IClassFixture<StandaloneService>
{
    private static readonly string[] Prompts =
    [
        "Ciao", "Who are you?", "What is 12*12?", "Calcola 99+1",
        "What is the capital of Italy?", "Grazie", "Goodbye", "Quanto fa 7*8?",
    ];

    [Fact]
    public async Task TwoHundredFiftySixClientsAtOnce_EachGetTheirOwnWholeStream()
    {
        var alone = new Dictionary<string, string>();
        foreach (var prompt in Prompts)
        {
            await using var client = await ConnectAsync("alone");
            alone[prompt] = (await client.HearAsync("temperature=0;" + prompt)).Text;
        }
        var clients = await Task.WhenAll(Enumerable.Range(0, 256).Select(number => ConnectAsync($"client-{number}")));

        var answers = await Task.WhenAll(clients.Select((client, number) =>
            client.HearAsync("temperature=0;" + Prompts[number % Prompts.Length])));

        for (var number = 0; number < answers.Length; number++)
            answers[number].Text.ShouldBe(alone[Prompts[number % Prompts.Length]], $"client {number}");
        answers.Select(answer => answer.Pid).ShouldBeUnique();
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Fact]
    public async Task FiveThousandExecutionsInARow_LeaveMemoryThreadsAndHandlesFlat()
    {
        await ExecuteAsync(1_000);
        var before = ProcessUsage.Of(service.Pid);

        await ExecuteAsync(5_000);

        var after = ProcessUsage.Of(service.Pid);
        after.Handles.ShouldBeLessThanOrEqualTo(before.Handles + 16, $"{before} -> {after}");
        after.Threads.ShouldBeLessThanOrEqualTo(before.Threads + 8, $"{before} -> {after}");
        after.ResidentMiB.ShouldBeLessThanOrEqualTo(before.ResidentMiB + 64, $"{before} -> {after}");
    }

    private Task ExecuteAsync(int count) => Parallel.ForEachAsync(Enumerable.Range(0, 8), async (lane, _) =>
    {
        await using var client = await ConnectAsync($"lane-{lane}");
        for (var number = 0; number < count / 8; number++)
            (await client.HearAsync("max_tokens=2;Ciao")).Pid.ShouldBePositive();
    });

    private Task<KernelConnection> ConnectAsync(string agent) =>
        KernelConnection.ConnectAsync("127.0.0.1", service.Port, agent);
}
