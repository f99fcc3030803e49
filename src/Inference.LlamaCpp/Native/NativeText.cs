using System.Runtime.InteropServices;

namespace AgenticOS.Inference.LlamaCpp.Native;

/// <summary>Text that the library hands out.</summary>
internal static unsafe class NativeText
{
    /// <summary>A zero-terminated text, or empty for null.</summary>
    internal static string Read(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
