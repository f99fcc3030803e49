using System.Collections.Concurrent;
using System.Text;
using AgenticOS.Inference.Model;

namespace AgenticOS.Grains.Tests.Support;

/// <summary>A model that says what its prompt tells it to: <c>«text»</c> is answered with the text, <c>«loop:text»</c>
/// with the text for ever. A character stands for itself, one token each; what is injected between is passed over. The
/// real engine runs on it, so all but the arithmetic is real.</summary>
public sealed class ScriptedBackend : IModelBackend
{
    public const long Memory = 1L << 34;

    private int _models;
    private int _contexts;

    /// <summary>Models and contexts that are open.</summary>
    public (int Models, int Contexts) Open => (Volatile.Read(ref _models), Volatile.Read(ref _contexts));

    /// <summary>While closed, no decode of any model ends.</summary>
    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    /// <summary>Everything that stood in the sequences that are over: prompt, what was said, what was
    /// injected.</summary>
    public ConcurrentQueue<string> Transcripts { get; } = new();

    public string Version => "scripted";

    public IReadOnlyList<ModelDevice> ListDevices() => [new("CPU", "scripted", DeviceKind.Cpu, Memory, Memory)];

    public IModel Load(ModelLoad load)
    {
        Interlocked.Increment(ref _models);
        return new ScriptedModel(this, () => Interlocked.Decrement(ref _models));
    }

    public MemoryEstimate Estimate(ModelLoad load, ContextShape shape) => new(0, 0, 0);

    private sealed class ScriptedModel(ScriptedBackend backend, Action closed) : IModel
    {
        public ModelFacts Facts { get; } = new()
        {
            Description = "scripted",
            Architecture = "llama",
            Parameters = 1,
            WeightBytes = 1,
            Layers = 1,
            TrainedContext = 1 << 16,
            ChatTemplate = null,
        };

        public IVocabulary Vocabulary { get; } = new Bytes();

        public string? ApplyChatTemplate(IReadOnlyList<ChatTurn> turns, bool openAnswer) => null;

        public IModelContext CreateContext(ContextShape shape)
        {
            Interlocked.Increment(ref backend._contexts);
            return new ScriptedContext(backend, shape);
        }

        public void Dispose() => closed();
    }

    /// <summary>256 byte tokens, and one that ends the turn.</summary>
    private sealed class Bytes : IVocabulary
    {
        public const int EndOfTurn = 256;

        private static readonly byte[] Pieces = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

        public int Size => 257;

        public int? Beginning => null;

        public int[] Tokenize(string text, bool parseSpecial) =>
            [.. Encoding.UTF8.GetBytes(text).Select(value => (int)value)];

        public ReadOnlySpan<byte> Piece(int token) => token == EndOfTurn ? [] : Pieces.AsSpan(token, 1);

        public bool IsEndOfGeneration(int token) => token == EndOfTurn;
    }

    private sealed class ScriptedContext(ScriptedBackend backend, ContextShape shape) : IModelContext
    {
        private readonly List<int>[] _sequences =
            [.. Enumerable.Range(0, shape.Sequences).Select(_ => new List<int>())];
        private readonly Dictionary<int, float[]> _rows = [];
        private volatile bool _aborting;

        public int Sequences => shape.Sequences;

        public int Capacity => shape.Tokens;

        public int CapacityPerSequence => shape.Tokens / shape.Sequences;

        public int BatchTokens => shape.BatchTokens;

        public DecodeStatus Decode(ReadOnlySpan<BatchToken> batch)
        {
            while (!backend.Gate.Wait(1))
            {
                if (_aborting)
                    return DecodeStatus.Aborted;
            }
            if (_aborting)
                return DecodeStatus.Aborted;
            _rows.Clear();
            for (var row = 0; row < batch.Length; row++)
            {
                var sequence = _sequences[batch[row].Sequence];
                if (batch[row].Position != sequence.Count)
                    return DecodeStatus.Invalid;
                sequence.Add(batch[row].Token);
                if (batch[row].WantsLogits)
                    _rows[row] = LogitsAfter(sequence);
            }
            // As slow as a real one would be, so that what loops is still at it when a test looks.
            Thread.Sleep(1);
            return DecodeStatus.Done;
        }

        public Span<float> Logits(int row) => _rows[row];

        public bool Forget(int sequence, int fromPosition)
        {
            if (fromPosition == 0 && _sequences[sequence].Count > 0)
                backend.Transcripts.Enqueue(Script.TextOf(_sequences[sequence]));
            _sequences[sequence].RemoveRange(fromPosition, _sequences[sequence].Count - fromPosition);
            return true;
        }

        public void Share(int from, int to) => _sequences[to].AddRange(_sequences[from]);

        public int LastPosition(int sequence) => _sequences[sequence].Count - 1;

        public void Abort() => _aborting = true;

        public void ClearAbort() => _aborting = false;

        public void Dispose() => Interlocked.Decrement(ref backend._contexts);

        private static float[] LogitsAfter(List<int> tokens)
        {
            var logits = new float[257];
            Array.Fill(logits, -1000f);
            logits[Script.Next(tokens)] = 1000f;
            return logits;
        }
    }

    /// <summary>What comes next, from all that stands in a sequence. Bytes are looked at as Latin-1, because a
    /// character of several bytes is said in several steps.</summary>
    private static class Script
    {
        private static readonly string Open = Latin("«"), Close = Latin("»");
        private const string InjectedOpen = "\n[system]\n", InjectedClose = "\n[/system]\n", Loop = "loop:";

        public static int Next(List<int> tokens)
        {
            var text = Encoding.Latin1.GetString(BytesOf(tokens));
            var open = text.IndexOf(Open, StringComparison.Ordinal);
            var close = text.IndexOf(Close, StringComparison.Ordinal);
            if (open < 0 || close < 0)
                return Bytes.EndOfTurn;
            var program = text[(open + Open.Length)..close];
            var said = WithoutInjections(text[(close + Close.Length)..]).Length;
            if (program.StartsWith(Loop, StringComparison.Ordinal))
                return program[Loop.Length + (said % (program.Length - Loop.Length))];
            return said < program.Length ? program[said] : Bytes.EndOfTurn;
        }

        public static string TextOf(List<int> tokens) => Encoding.UTF8.GetString(BytesOf(tokens));

        private static byte[] BytesOf(List<int> tokens) => [.. tokens.Select(token => (byte)token)];

        private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

        private static string WithoutInjections(string text)
        {
            while (text.IndexOf(InjectedOpen, StringComparison.Ordinal) is var at and >= 0)
            {
                var end = text.IndexOf(InjectedClose, at, StringComparison.Ordinal);
                text = text[..at] + (end < 0 ? "" : text[(end + InjectedClose.Length)..]);
            }
            return text;
        }
    }
}
