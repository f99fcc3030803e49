using AgenticOS.Kernel.Prompting;

namespace AgenticOS.Kernel.Catalog;

/// <summary>A model as far as choosing one needs to know it.</summary>
/// <param name="Id">Path relative to its model folder, without extension, with <c>/</c>.</param>
/// <param name="Path">The path as clients are shown it.</param>
/// <param name="Family">Its prompt family.</param>
/// <param name="Parameters">Number of weights.</param>
/// <param name="Fault">What is wrong with its file; null when it can be loaded.</param>
public sealed record ModelCandidate(string Id, string Path, PromptFamily Family, long Parameters, string? Fault);
