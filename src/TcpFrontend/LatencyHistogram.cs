using System.Numerics;

namespace AgenticOS.TcpFrontend;

/// <summary>Counts durations in buckets a quarter of an octave wide, so that a percentile is at most a quarter too
/// high. Safe from any thread; one interlocked increment per value.</summary>
public sealed class LatencyHistogram
{
    private const int StepsPerOctave = 4;
    private readonly long[] _buckets = new long[64 * StepsPerOctave];

    /// <summary>Counts one duration in microseconds; below 0 counts as 0.</summary>
    public void Record(long microseconds) => Interlocked.Increment(ref _buckets[BucketOf(Math.Max(0, microseconds))]);

    /// <summary>Durations counted so far.</summary>
    public long Count => _buckets.Sum();

    /// <summary>The duration in microseconds that <paramref name="share"/> (0 to 1) of the counted ones do not exceed,
    /// rounded up to its bucket's end; 0 when nothing was counted.</summary>
    public long Percentile(double share)
    {
        var total = Count;
        if (total == 0)
            return 0;
        var wanted = Math.Max(1, (long)Math.Ceiling(total * share));
        var seen = 0L;
        for (var i = 0; i < _buckets.Length; i++)
        {
            seen += Interlocked.Read(ref _buckets[i]);
            if (seen >= wanted)
                return EndOf(i);
        }

        return EndOf(_buckets.Length - 1);
    }

    private static int BucketOf(long value)
    {
        if (value < StepsPerOctave)
            return (int)value;
        var octave = BitOperations.Log2((ulong)value);
        var step = (int)(value >> (octave - 2)) & (StepsPerOctave - 1);
        return ((octave - 1) * StepsPerOctave) + step;
    }

    private static long EndOf(int bucket)
    {
        if (bucket < StepsPerOctave)
            return bucket;
        var octave = (bucket / StepsPerOctave) + 1;
        var step = bucket % StepsPerOctave;
        return ((long)(StepsPerOctave + step + 1) << (octave - 2)) - 1;
    }
}
