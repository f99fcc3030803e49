namespace AgenticOS.Inference.Tests;

[Collection(nameof(TinyModel))]
public sealed class EngineAllocationTests(TinyModel tiny)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Generating_AllocatesNothingPerToken(bool seeded)
    {
        await using Engine engine = tiny.Start(new EngineOptions(Slots: 8, ContextPerSlot: 512));
        Meter[] meters = [.. Enumerable.Range(0, 8).Select(_ => new Meter())];
        for (int i = 0; i < meters.Length; i++)
            engine.Accept(
                seeded ? Requests.Seeded(Requests.Prompt(i), 300, (ulong)i) : Requests.Greedy(Requests.Prompt(i), 300),
                meters[i]);
        foreach (Meter meter in meters)
            await meter.Ended;

        // An end allocates (it wakes the test), and there are as many ends as generations; a token does not.
        meters.Sum(meter => meter.Stretches).ShouldBeGreaterThan(400);
        meters.Max(meter => meter.Allocating).ShouldBeLessThanOrEqualTo(meters.Length);
    }

    private sealed class Meter : IGenerationListener
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _from;

        internal Task Ended => _ended.Task.WaitAsync(TimeSpan.FromSeconds(60));

        /// <summary>Stretches between two texts, after a warm-up, and those in which anything was allocated.</summary>
        internal int Stretches { get; private set; }

        internal int Allocating { get; private set; }

        public void OnStarted(int promptTokens)
        {
        }

        public ListenerVerdict OnText(ReadOnlySpan<byte> utf8, int generatedTokens)
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            if (generatedTokens > 50)
            {
                Stretches++;
                Allocating += now > _from ? 1 : 0;
            }

            _from = now;
            return ListenerVerdict.Continue;
        }

        public void OnEnded(in GenerationEnd end) => _ended.SetResult();
    }
}
