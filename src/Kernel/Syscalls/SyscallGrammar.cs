using System.Text;

namespace AgenticOS.Kernel.Syscalls;

/// <summary>Which names are calls; everything else in double brackets is text.</summary>
public sealed class SyscallGrammar
{
    private readonly (byte[] Utf8, string Name)[] _names;

    /// <summary>A grammar of these names: capital letters, digits and <c>_</c>, at most
    /// <see cref="SyscallLimits.NameLength"/> long.</summary>
    /// <exception cref="ArgumentException">A name is of another form.</exception>
    public SyscallGrammar(params IEnumerable<string> names)
    {
        _names = [.. names.Distinct().Select(name => (Encoding.ASCII.GetBytes(name), name))];
        foreach (var (utf8, name) in _names)
        {
            if (utf8.Length is 0 or > SyscallLimits.NameLength || !utf8.All(IsNameByte))
                throw new ArgumentException($"'{name}' cannot name a system call.", nameof(names));
        }
    }

    /// <summary>What this kernel answers now: CALC and LS.</summary>
    public static SyscallGrammar Default { get; } = new("CALC", "LS");

    /// <summary>The names, in the order they were given.</summary>
    public IEnumerable<string> Names => _names.Select(entry => entry.Name);

    /// <summary>True for a byte that a name may hold.</summary>
    internal static bool IsNameByte(byte value) =>
        value is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_';

    /// <summary>The name these bytes spell; null when it is none of the grammar.</summary>
    internal string? Find(ReadOnlySpan<byte> utf8)
    {
        foreach (var (candidate, name) in _names)
        {
            if (utf8.SequenceEqual(candidate))
                return name;
        }

        return null;
    }
}
