using System.Text;
using AgenticOS.Client;

namespace AgenticOS.EndToEnd.Tests;

/// <summary>A process that ran to its end, as a client saw it.</summary>
internal sealed record Heard(long Pid, string Text, string Reason);

internal static class Conversation
{
    /// <summary>Runs one process and returns all that was heard of it.</summary>
    public static async Task<Heard> HearAsync(this KernelConnection connection, string payload)
    {
        var output = new MemoryStream();
        var execution = await connection.ExecAsync(payload, output.WriteAsync);
        execution.Answer.Ok.ShouldBeTrue($"{execution.Answer.Code}: {execution.Answer.Text}");
        var end = execution.End!;
        execution.Answer.Text.ShouldBe($"Process Started PID: {end.Pid}");
        return new Heard(end.Pid, Encoding.UTF8.GetString(output.ToArray()), end.Reason);
    }
}
