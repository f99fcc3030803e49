using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using AgenticOS.Inference.LlamaCpp.Native;
using Microsoft.Extensions.Logging;

namespace AgenticOS.Inference.LlamaCpp;

/// <summary>
/// The library's log, line by line: warnings and errors as such, the rest as debug and trace. Its levels are
/// process-wide callbacks, so this is static.
/// </summary>
internal static unsafe partial class NativeLog
{
    private const int Debug = 1;
    private const int Information = 2;
    private const int Warning = 3;
    private const int Error = 4;
    private const int Continued = 5;

    private static ILogger? s_logger;

    [ThreadStatic]
    private static StringBuilder? t_line;

    [ThreadStatic]
    private static int t_level;

    [ThreadStatic]
    private static BufferLedger? t_ledger;

    internal static void Attach(ILogger logger)
    {
        s_logger = logger;
        Llama.LogSet(&Hear, null);
    }

    /// <summary>Adds up the buffers the library announces on this thread until the ledger is disposed.</summary>
    internal static BufferLedger CountBuffers() => t_ledger = new BufferLedger(() => t_ledger = null);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Hear(int level, byte* text, void* state)
    {
        StringBuilder line = t_line ??= new StringBuilder();
        if (level != Continued)
        {
            line.Clear();
            t_level = level;
        }

        line.Append(NativeText.Read(text));
        if (line.Length == 0 || line[^1] != '\n')
            return;
        Write(t_level, line.ToString().TrimEnd());
        line.Clear();
    }

    private static void Write(int level, string line)
    {
        t_ledger?.Read(line);
        if (s_logger is not { } logger)
            return;
        switch (level)
        {
            case Error:
                SaidError(logger, line);
                break;
            case Warning:
                SaidWarning(logger, line);
                break;
            case Information:
                SaidInformation(logger, line);
                break;
            case Debug:
                SaidDebug(logger, line);
                break;
        }
    }

    [LoggerMessage(711, LogLevel.Error, "llama.cpp: {Line}")]
    private static partial void SaidError(ILogger logger, string line);

    [LoggerMessage(712, LogLevel.Warning, "llama.cpp: {Line}")]
    private static partial void SaidWarning(ILogger logger, string line);

    [LoggerMessage(713, LogLevel.Debug, "llama.cpp: {Line}")]
    private static partial void SaidInformation(ILogger logger, string line);

    [LoggerMessage(714, LogLevel.Trace, "llama.cpp: {Line}")]
    private static partial void SaidDebug(ILogger logger, string line);
}
