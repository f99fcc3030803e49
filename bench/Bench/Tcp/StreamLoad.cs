using System.Diagnostics;
using AgenticOS.Client;

namespace AgenticOS.Bench.Tcp;

/// <summary>What a load of simultaneous streams came to.</summary>
/// <param name="Tokens">Generated tokens in all.</param>
/// <param name="Seconds">From the first EXEC to the last end marker.</param>
/// <param name="FirstTokens">Seconds from EXEC to the first byte of text, one per stream, sorted.</param>
internal sealed record StreamLoad(long Tokens, double Seconds, double[] FirstTokens)
{
    public double TokensPerSecond => Tokens / Seconds;

    /// <summary>The value below which a share of the first tokens came, in milliseconds.</summary>
    public double FirstTokenMilliseconds(double share) =>
        FirstTokens[Math.Min(FirstTokens.Length - 1, (int)(share * FirstTokens.Length))] * 1e3;

    /// <summary>Opens the connections first, then sends one EXEC on each at once and reads all to their end.</summary>
    public static async Task<StreamLoad> RunAsync(ServiceUnderTest service, int streams, string payload)
    {
        var connections = await Task.WhenAll(
            Enumerable.Range(0, streams).Select(n => service.ConnectAsync($"bench-{n}")));
        var clock = Stopwatch.StartNew();
        var results = await Task.WhenAll(connections.Select(connection => OneAsync(connection, payload)));
        var seconds = clock.Elapsed.TotalSeconds;
        foreach (var connection in connections) await connection.DisposeAsync();
        return new StreamLoad(
            results.Sum(result => (long)result.Tokens),
            seconds,
            [.. results.Select(result => result.FirstToken).Order()]);
    }

    private static async Task<(int Tokens, double FirstToken)> OneAsync(KernelConnection connection, string payload)
    {
        var clock = Stopwatch.StartNew();
        var first = double.NaN;
        var execution = await connection.ExecAsync(payload, (bytes, _) =>
        {
            if (double.IsNaN(first) && !bytes.IsEmpty) first = clock.Elapsed.TotalSeconds;
            return default;
        });
        if (execution.End is not { } end)
            throw new InvalidOperationException($"EXEC was refused: {execution.Answer.Code} {execution.Answer.Text}");
        return (end.Tokens ?? 0, double.IsNaN(first) ? clock.Elapsed.TotalSeconds : first);
    }
}
