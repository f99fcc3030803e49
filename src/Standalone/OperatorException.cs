namespace AgenticOS.Standalone;

/// <summary>Something only the operator can put right; the message is one line: what is wrong, a semicolon, what to
/// do.</summary>
public sealed class OperatorException(string message) : Exception(message);
