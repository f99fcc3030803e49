using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AgenticOS.Kernel.Processes;

/// <summary>The name of an agent as a command's header carries it: 1 to 128 bytes of UTF-8 without blanks or control
/// characters. Compared byte for byte.</summary>
public readonly record struct AgentName
{
    private readonly string? _value;

    private AgentName(string value) => _value = value;

    /// <summary>The name itself.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default</c>, which names nobody.</exception>
    public string Value => _value ?? throw new InvalidOperationException("A default AgentName names nobody.");

    /// <summary>Wraps a name that is known to be valid.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static AgentName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException("Not the name of an agent.");

    /// <summary>Checks and wraps a name; false when it breaks a rule.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AgentName name)
    {
        name = default;
        if (string.IsNullOrEmpty(text) || text.Length > ProcessLimits.AgentNameBytes)
            return false;
        foreach (var rune in text.EnumerateRunes())
        {
            // A lone surrogate is enumerated as U+FFFD; such a name has no UTF-8 form of its own.
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || rune == Rune.ReplacementChar)
                return false;
        }

        if (Encoding.UTF8.GetByteCount(text) > ProcessLimits.AgentNameBytes)
            return false;
        name = new AgentName(text);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";
}
