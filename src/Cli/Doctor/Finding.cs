namespace AgenticOS.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="Found">What was found.</param>
/// <param name="Remedy">What to do about it; null when nothing is wrong.</param>
internal sealed record Finding(string Subject, string Found, string? Remedy = null);
