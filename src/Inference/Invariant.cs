using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AgenticOS.Inference;

/// <summary>Checks that stay on in Release: what fails here is our own bug.</summary>
public static class Invariant
{
    /// <summary>Throws <see cref="InvariantBrokenException"/> unless the condition holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Holds([DoesNotReturnIf(false)] bool condition, string invariant)
    {
        if (!condition)
            Break(invariant);
    }

    [DoesNotReturn]
    private static void Break(string invariant) => throw new InvariantBrokenException(invariant);
}

/// <summary>An invariant of the engine is broken; the engine stops.</summary>
public sealed class InvariantBrokenException(string invariant) : Exception($"Broken: {invariant}.");
