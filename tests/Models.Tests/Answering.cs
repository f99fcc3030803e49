using System.Text;
using AgenticOS.Inference;
using AgenticOS.Kernel.Prompting;
using AgenticOS.Kernel.Syscalls;

namespace AgenticOS.Models.Tests;

/// <summary>A question being answered as a process would: stopped at its first system call, resumed with the result,
/// heard to the
/// end. A second call gets no answer, and so never matches.</summary>
internal sealed class Answering(PromptFamily family, string? result) : IGenerationListener
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IGeneration> _generation = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SyscallScanner _scanner = new(SyscallGrammar.Default);
    private readonly StringBuilder _text = new();
    private int _callEnd = -1;

    public Task Ended => _ended.Task;

    /// <summary>What was said up to and with the call; empty without one.</summary>
    public string Call => _callEnd < 0 ? "" : _text.ToString(0, _callEnd);

    /// <summary>What was said after the call.</summary>
    public string Answer => _text.ToString(Math.Max(0, _callEnd), _text.Length - Math.Max(0, _callEnd));

    public void Attach(IGeneration generation) => _generation.SetResult(generation);

    public void OnStarted(int promptTokens)
    {
    }

    public ListenerVerdict OnText(ReadOnlySpan<byte> utf8, int generatedTokens)
    {
        _text.Append(Encoding.UTF8.GetString(utf8));
        if (_callEnd >= 0 || result is null || _scanner.Feed(utf8, out _) is null) return ListenerVerdict.Continue;
        _callEnd = _text.Length;
        _ = ResumeAsync();
        return ListenerVerdict.Pause;
    }

    public void OnEnded(in GenerationEnd end) => _ended.SetResult();

    private async Task ResumeAsync() =>
        (await _generation.Task).Resume(PromptFamilies.WrapSyscallResult(family, result!));
}
