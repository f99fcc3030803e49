using AgenticOS.Grains.Output;
using AgenticOS.Kernel.Processes;

namespace AgenticOS.Grains.Processes;

/// <summary>A process at one moment.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Agent">Its owner.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="ModelId">The model it runs on.</param>
/// <param name="Node">The silo that runs it.</param>
/// <param name="PromptTokens">Tokens of the prompt; 0 until admitted.</param>
/// <param name="Tokens">Generated tokens so far.</param>
/// <param name="MaxTokens">Its budget of generated tokens.</param>
/// <param name="OutputBytes">Length of its output log.</param>
/// <param name="Syscalls">System calls so far.</param>
/// <param name="Parent">PID of the parent; 0 for none.</param>
/// <param name="AgeSeconds">Since EXEC.</param>
/// <param name="End">Set once it has ended.</param>
[GenerateSerializer, Immutable, Alias("agenticos.process-status")]
public sealed record ProcessStatus(
    [property: Id(0)] long Pid,
    [property: Id(1)] string Agent,
    [property: Id(2)] ProcessState State,
    [property: Id(3)] string ModelId,
    [property: Id(4)] string Node,
    [property: Id(5)] int PromptTokens,
    [property: Id(6)] int Tokens,
    [property: Id(7)] int MaxTokens,
    [property: Id(8)] long OutputBytes,
    [property: Id(9)] int Syscalls,
    [property: Id(10)] long Parent,
    [property: Id(11)] double AgeSeconds,
    [property: Id(12)] ProcessEnd? End);
