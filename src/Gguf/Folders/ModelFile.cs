using AgenticOS.Gguf.Facts;

namespace AgenticOS.Gguf.Folders;

/// <summary>A model in a folder: one file, or all the parts of a split one.</summary>
/// <param name="Id">Path relative to the folder, without extension and part number, with <c>/</c>; unique in a
/// scan.</param>
/// <param name="Path">Full path of the file to load: the only one, or the first part.</param>
/// <param name="Files">Full paths of all files, in order.</param>
/// <param name="FileBytes">Size on disk of all files.</param>
/// <param name="Facts">What the headers say; null when <paramref name="Fault"/> is set.</param>
/// <param name="Fault">Why it cannot be loaded; null when it can.</param>
public sealed record ModelFile(
    string Id,
    string Path,
    IReadOnlyList<string> Files,
    long FileBytes,
    GgufFacts? Facts,
    GgufFault? Fault);
