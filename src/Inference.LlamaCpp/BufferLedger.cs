using System.Globalization;
using System.Text.RegularExpressions;

namespace AgenticOS.Inference.LlamaCpp;

/// <summary>
/// The buffers a context announces while it is built. llama.cpp 0.5.0 tells their sizes nowhere but in its log, and
/// only there are they right for every kind of cache (sliding windows, latent attention, recurrent state).
/// </summary>
internal sealed partial class BufferLedger(Action closed) : IDisposable
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Bytes of caches so far.</summary>
    internal long Cache { get; private set; }

    /// <summary>Bytes of compute and output buffers so far.</summary>
    internal long Compute { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => closed();

    /// <summary>Takes in one line of the log.</summary>
    internal void Read(string line)
    {
        if (Announcement().Match(line) is not { Success: true } found)
            return;
        long bytes = (long)(double.Parse(found.Groups[2].Value, CultureInfo.InvariantCulture) * Mebibyte);
        if (found.Groups[1].Success)
            Cache += bytes;
        else
            Compute += bytes;
    }

    // Caches announce their size even when they are not allocated; their buffers are then of no size.
    [GeneratedRegex(@"^(?:llama_\w+: (size)|\w+: +\S+ +(?:compute|output) buffer size) *= *([0-9.]+) MiB")]
    private static partial Regex Announcement();
}
