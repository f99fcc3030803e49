namespace AgenticOS.Standalone;

/// <summary>What the launcher and people read on the output stream: one line per step of the start.</summary>
internal sealed class Narrator(TextWriter output, TextWriter errors)
{
    /// <summary><c>progress: TEXT</c></summary>
    public void Progress(string text) => Say(output, $"progress: {text}");

    /// <summary><c>ready: ADDRESS:PORT model=ID</c></summary>
    public void Ready(string endpoint, string model) => Say(output, $"ready: {endpoint} model={model}");

    /// <summary><c>error: WHAT; REMEDY</c></summary>
    public void Error(string text) => Say(errors, $"error: {text.ReplaceLineEndings(" ")}");

    private static void Say(TextWriter writer, string line)
    {
        writer.WriteLine(line);
        writer.Flush();
    }
}
