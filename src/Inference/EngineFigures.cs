namespace AgenticOS.Inference;

/// <summary>The figures behind <see cref="EngineLoad"/>: written by the engine's thread, read by any.</summary>
internal sealed class EngineFigures(int slots, int kvTokens)
{
    private int _live;
    private int _running;
    private int _paused;
    private int _cached;
    private long _generated;
    private long _prompt;
    private long _steps;

    /// <summary>Counts a generation in unless there are as many as allowed. Any thread.</summary>
    internal bool TryEnter(int limit)
    {
        int live = Volatile.Read(ref _live);
        while (live < limit)
        {
            int seen = Interlocked.CompareExchange(ref _live, live + 1, live);
            if (seen == live)
                return true;
            live = seen;
        }

        return false;
    }

    /// <summary>Counts a generation out.</summary>
    internal void Leave() => Interlocked.Decrement(ref _live);

    /// <summary>Counts a computed step.</summary>
    internal void CountStep(int fed, int sampled)
    {
        Volatile.Write(ref _prompt, _prompt + fed - sampled);
        Volatile.Write(ref _generated, _generated + sampled);
        Volatile.Write(ref _steps, _steps + 1);
    }

    /// <summary>States who holds what.</summary>
    internal void State(int running, int paused, int cached)
    {
        Volatile.Write(ref _running, running);
        Volatile.Write(ref _paused, paused);
        Volatile.Write(ref _cached, cached);
    }

    /// <summary>All figures. Any thread.</summary>
    internal EngineLoad Read()
    {
        int running = Volatile.Read(ref _running);
        int paused = Volatile.Read(ref _paused);
        return new EngineLoad(
            slots,
            running,
            paused,
            Math.Max(0, Volatile.Read(ref _live) - running - paused),
            Volatile.Read(ref _cached),
            kvTokens,
            Volatile.Read(ref _generated),
            Volatile.Read(ref _prompt),
            Volatile.Read(ref _steps));
    }
}
