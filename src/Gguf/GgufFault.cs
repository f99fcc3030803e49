using System.Globalization;

namespace AgenticOS.Gguf;

/// <summary>What can be wrong with a model file.</summary>
public abstract record GgufFault
{
    private GgufFault()
    {
    }

    /// <summary>One line for people.</summary>
    public abstract string Message { get; }

    /// <summary>The file does not begin with the letters GGUF.</summary>
    public sealed record NotGguf : GgufFault
    {
        /// <inheritdoc/>
        public override string Message => "It is not a GGUF file.";
    }

    /// <summary>The file has no bytes.</summary>
    public sealed record Empty : GgufFault
    {
        /// <inheritdoc/>
        public override string Message => "The file is empty.";
    }

    /// <summary>The file ends before what it announces, as after a broken download.</summary>
    /// <param name="NeededBytes">How long it would have to be at least.</param>
    /// <param name="FileBytes">How long it is.</param>
    public sealed record Truncated(long NeededBytes, long FileBytes) : GgufFault
    {
        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"The file is cut off: it has {FileBytes} bytes and needs at least {NeededBytes}.");
    }

    /// <summary>A version other than 2 and 3, or one written for big-endian machines.</summary>
    /// <param name="Version">The number as the file has it.</param>
    /// <param name="IsBigEndian">Its bytes are in the other order.</param>
    public sealed record UnsupportedVersion(uint Version, bool IsBigEndian) : GgufFault
    {
        /// <inheritdoc/>
        public override string Message => IsBigEndian
            ? "The file is written for big-endian machines."
            : string.Create(CultureInfo.InvariantCulture, $"GGUF version {Version} is not supported (2 and 3 are).");
    }

    /// <summary>The header passes a bound of <see cref="GgufLimits"/>.</summary>
    /// <param name="Detail">Which.</param>
    public sealed record HeaderTooLarge(string Detail) : GgufFault
    {
        /// <inheritdoc/>
        public override string Message => $"The header is too large: {Detail}.";
    }

    /// <summary>The header contradicts the format or itself.</summary>
    /// <param name="Detail">Where and how.</param>
    public sealed record Malformed(string Detail) : GgufFault
    {
        /// <inheritdoc/>
        public override string Message => $"The header is malformed: {Detail}.";
    }

    /// <summary>Parts of a split model are not there.</summary>
    /// <param name="Missing">Their numbers, from 1; at most the first few.</param>
    /// <param name="Count">How many parts there should be.</param>
    public sealed record MissingParts(IReadOnlyList<int> Missing, int Count) : GgufFault
    {
        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"It is split into {Count} files and lacks {string.Join(", ", Missing)}.");
    }

    /// <summary>The file cannot be opened or read.</summary>
    /// <param name="Detail">What the system says.</param>
    public sealed record Unreadable(string Detail) : GgufFault
    {
        /// <inheritdoc/>
        public override string Message => $"The file cannot be read: {Detail}";
    }
}
