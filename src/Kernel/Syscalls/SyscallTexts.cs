using System.Text;

namespace AgenticOS.Kernel.Syscalls;

/// <summary>The words in which results go back into a conversation, as existing prompts know them.</summary>
public static class SyscallTexts
{
    /// <summary>Ends a process that calls too often.</summary>
    public const string RateLimitExceeded = "SysCall Error: Rate limit exceeded (>12 calls in 10s).";

    /// <summary>Ends a process whose calls keep failing.</summary>
    public const string RepeatedFailures = "SysCall Guard: process killed due to repeated syscall failures.";

    /// <summary>LS of a workspace without files.</summary>
    public const string EmptyWorkspace = "Workspace is empty.";

    /// <summary>A result: <c>Output:</c>, a line break, the result.</summary>
    public static string Output(string result) => "Output:\n" + result;

    /// <summary>A failure: <c>SysCall Error: </c> and what is wrong.</summary>
    public static string Error(string message) => "SysCall Error: " + message;

    /// <summary>LS: <c>Files:</c> and a line <c>- name</c> each, or <see cref="EmptyWorkspace"/>.</summary>
    public static string Files(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
            return EmptyWorkspace;
        var text = new StringBuilder("Files:");
        foreach (var name in names)
            text.Append("\n- ").Append(name);
        return text.ToString();
    }
}
