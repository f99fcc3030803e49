using System.Text;
using System.Text.Unicode;
using System.Threading.Channels;

namespace AgenticOS.Inference.Tests;

/// <summary>Writes down what a listener hears, and checks what every listener is promised.</summary>
public sealed class Recorder : IGenerationListener
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<GenerationEnd> _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<int> _paused = Channel.CreateUnbounded<int>();
    private readonly List<byte> _text = [];
    private int _ends;

    /// <summary>Asked for a verdict after each text, on the engine's thread.</summary>
    public Func<int, ListenerVerdict>? Verdict { get; init; }

    public Action? Starting { get; init; }

    public Task Started => _started.Task;

    public Task<GenerationEnd> Ended => _ended.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public string Text => Encoding.UTF8.GetString([.. _text]);

    public byte[] Bytes => [.. _text];

    public int Ends => Volatile.Read(ref _ends);

    /// <summary>Tokens of the prompt, once it started.</summary>
    public int Prompt { get; private set; }

    public int Calls { get; private set; }

    /// <summary>The first broken promise.</summary>
    public string? Broken { get; private set; }

    public async Task PausedAsync() =>
        await _paused.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public void OnStarted(int promptTokens)
    {
        if (_started.Task.IsCompleted || Ends > 0)
            Broken ??= "started twice or after its end";
        Prompt = promptTokens;
        Starting?.Invoke();
        _started.SetResult();
    }

    public ListenerVerdict OnText(ReadOnlySpan<byte> utf8, int generatedTokens)
    {
        if (!_started.Task.IsCompleted || Ends > 0)
            Broken ??= "text before the start or after the end";
        if (utf8.IsEmpty || !Utf8.IsValid(utf8))
            Broken ??= $"text is empty or not whole characters: {Convert.ToHexString(utf8)}";
        Calls++;
        foreach (byte value in utf8)
            _text.Add(value);
        ListenerVerdict verdict = Verdict?.Invoke(generatedTokens) ?? ListenerVerdict.Continue;
        if (verdict == ListenerVerdict.Pause)
            _paused.Writer.TryWrite(generatedTokens);
        return verdict;
    }

    public void OnEnded(in GenerationEnd end)
    {
        if (Interlocked.Increment(ref _ends) > 1)
            Broken ??= "ended twice";
        _ended.TrySetResult(end);
    }
}
