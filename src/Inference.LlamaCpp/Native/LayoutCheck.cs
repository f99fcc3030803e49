using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AgenticOS.Inference.Model;

namespace AgenticOS.Inference.LlamaCpp.Native;

/// <summary>
/// Proves before first use that the library's structs are the ones we declare. Another version of llama.cpp differs
/// in their size, and a call would then corrupt memory instead of failing; so it is refused here, by name.
/// </summary>
internal static unsafe partial class LayoutCheck
{
    /// <summary>The only version whose layouts we know.</summary>
    internal const string Version = "0.5.0";

    private const int Room = 1024;

    // A struct this large comes back through a hidden first argument (System V ABI), so we can hand in our own memory.
    [LibraryImport(Llama.Library, EntryPoint = "llama_model_default_params")]
    private static partial void* ModelDefaultsInto(byte* memory);

    [LibraryImport(Llama.Library, EntryPoint = "llama_context_default_params")]
    private static partial void* ContextDefaultsInto(byte* memory);

    /// <summary>Throws <see cref="ModelUnusableException"/> unless the bound library is the one we know.</summary>
    internal static void Verify()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || !OperatingSystem.IsLinux())
            throw new ModelUnusableException("The llama.cpp binding knows the layouts of Linux on x64 only.");
        VerifyVersion(NativeText.Read(Llama.Version()));
        byte* memory = stackalloc byte[2 * Room];
        var first = new Span<byte>(memory, Room);
        var second = new Span<byte>(memory + Room, Room);
        Poison(first, second);
        ModelDefaultsInto(memory);
        ModelDefaultsInto(memory + Room);
        VerifyModelDefaults(first, second);
        Poison(first, second);
        ContextDefaultsInto(memory);
        ContextDefaultsInto(memory + Room);
        VerifyContextDefaults(first, second);
    }

    /// <summary>Accepts 0.5.0 and its builds (<c>0.5.0-dev</c>).</summary>
    internal static void VerifyVersion(string version)
    {
        if (version != Version && !version.StartsWith(Version + "-", StringComparison.Ordinal))
            throw new ModelUnusableException($"The libraries are llama.cpp {version}, and only {Version} is known.");
    }

    /// <summary>Two buffers of different patterns, so that a byte the library wrote shows whatever its value.</summary>
    internal static void Poison(Span<byte> first, Span<byte> second)
    {
        first.Fill(0xA5);
        second.Fill(0x5A);
    }

    /// <summary>Checks <c>llama_model_default_params</c> written over two poisoned buffers.</summary>
    internal static void VerifyModelDefaults(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Extent("llama_model_params", first, second, 0x4e, sizeof(ModelParameters));
        Expect("llama_model_params", first, 0x10, -1);
        Expect("llama_model_params", first, 0x14, 1);
        Expect("llama_model_params", first, 0x18, -1);
        Expect("llama_model_params", first, 0x1c, 1);
        Expect("llama_model_params", first, 0x48, 0x00_01_00_00);
    }

    /// <summary>Checks <c>llama_context_default_params</c> written over two poisoned buffers.</summary>
    internal static void VerifyContextDefaults(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Extent("llama_context_params", first, second, sizeof(ContextParameters), sizeof(ContextParameters));
        Expect("llama_context_params", first, 0x00, 512);
        Expect("llama_context_params", first, 0x04, 2048);
        Expect("llama_context_params", first, 0x08, 512);
        Expect("llama_context_params", first, 0x0c, 1);
        Expect("llama_context_params", first, 0x18, 1);
        Expect("llama_context_params", first, 0x34, -1);
        Expect("llama_context_params", first, 0x68, 1);
        Expect("llama_context_params", first, 0x6c, 1);
        Expect("llama_context_params", first, 0x80, 0x01_01_01_00);
    }

    private static void Extent(
        string name, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, int least, int most)
    {
        int written = first.Length;
        while (written > 0 && first[written - 1] == 0xA5 && second[written - 1] == 0x5A)
            written--;
        if (written < least || written > most)
            throw new ModelUnusableException(
                $"{name} of these libraries is {written} bytes, and {Version} has {most}: refused.");
    }

    private static void Expect(string name, ReadOnlySpan<byte> memory, int offset, int value)
    {
        int found = BinaryPrimitives.ReadInt32LittleEndian(memory[offset..]);
        if (found != value)
            throw new ModelUnusableException(
                $"{name} of these libraries has {found} at offset {offset}, and {Version} has {value}: refused.");
    }
}
