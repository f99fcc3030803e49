namespace AgenticOS.Cli;

/// <summary>Something the user can mend: printed as one line, <c>error: what; remedy</c>, with exit status 1.</summary>
/// <param name="what">What is wrong.</param>
/// <param name="remedy">What to do about it.</param>
internal sealed class Failure(string what, string remedy) : Exception($"{what}; {remedy}");
